type Report = NodeJS.ProcessReport & { excludeNetwork: boolean };

/**
 * Version of the glibc that runs this process, such as `2.36`; `null` on musl, on other systems, or when unknown.
 * Takes about 2 ms: the report is built in memory, without its network section, which would look up host names.
 */
export function hostGlibc(): string | null {
  // Absent in other runtimes; `excludeNetwork` (Node 22.13) is missing from the type.
  const report = process.report as Report | undefined;
  if (process.platform !== 'linux' || report === undefined) return null;
  const { excludeNetwork } = report;
  report.excludeNetwork = true;
  try {
    const { header } = report.getReport() as { header?: { glibcVersionRuntime?: string } };
    return header?.glibcVersionRuntime ?? null;
  } finally {
    report.excludeNetwork = excludeNetwork;
  }
}
