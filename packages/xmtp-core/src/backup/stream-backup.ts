import type { GatheredFiles } from './gather-files.ts';
import type { OpenBackup } from './backup-types.ts';

/** Seals what was gathered, as fast as it is read; what was written for it is removed when the stream ends, however it does. */
export async function streamBackup(
  { manifest, files, remove }: GatheredFiles,
  seal: (plain: ReadableStream<Uint8Array>) => Promise<ReadableStream<Uint8Array>>,
): Promise<OpenBackup> {
  const { packFiles } = await import('./pack-files.ts');
  const { address, network, inboxId, installationId, madeAt } = manifest;
  const sealed = await seal(packFiles(files, { mtime: new Date(madeAt) }));
  const reader = sealed.getReader();
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          await remove();
          controller.close();
        } catch (error) {
          await remove();
          throw error;
        }
      },
      async cancel(reason) {
        await reader.cancel(reason).catch(() => undefined);
        await remove();
      },
    },
    { highWaterMark: 0 },
  );
  return { address, network, inboxId, installationId, madeAt, files: files.map(({ name }) => name), stream };
}
