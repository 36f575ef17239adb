import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { DocumentResult, DocumentTask } from './document-task.ts';
import { AllowlistError, type AllowlistErrorCode, type FilePosition } from './errors.ts';
import type { Rows } from './rows.ts';

/** What the YAML library takes some milliseconds for; more of it goes to a thread of its own, for it cannot be interrupted. */
export const shortDocument = 8 * 1024;

/** The library takes seconds for each MiB. */
const longestMs = 60_000;

type Answer =
  | { result: DocumentResult }
  | { fault: { code: AllowlistErrorCode; shortMessage: string; position: FilePosition | undefined } };

/** One code where a thread begins, the other for what it imports. */
const notFound: ReadonlySet<string> = new Set(['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND']);

/** Whether what is read here is the source or what was built of it. */
const isSource = import.meta.url.endsWith('.ts');

/**
 * Does what takes the YAML library, which is loaded now, and in a thread of its own when the text is not short.
 * @throws AllowlistError with the place of the first fault; what ended the thread, such as ERR_WORKER_OUT_OF_MEMORY
 */
export async function runDocumentTask<T extends DocumentTask>(
  task: T,
): Promise<T extends { what: 'read' } ? Rows : string> {
  const result = task.text.length <= shortDocument ? await doHere(task) : await doInThread(task);
  return result as T extends { what: 'read' } ? Rows : string;
}

async function doHere(task: DocumentTask): Promise<DocumentResult> {
  const { doDocumentTask } = await import('./do-document-task.ts');
  return doDocumentTask(task);
}

async function doInThread(task: DocumentTask): Promise<DocumentResult> {
  const file = new URL(isSource ? './document-worker.ts' : './document-worker.js', import.meta.url);
  const conditions = isSource ? { execArgv: ['--conditions=@xmtp-messaging/source', '--no-warnings'] } : {};
  const worker = new Worker(file, {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
    ...conditions,
  });
  try {
    const [answer] = (await once(worker, 'message', { signal: AbortSignal.timeout(longestMs) })) as [Answer];
    if ('fault' in answer) throw new AllowlistError(answer.fault);
    return answer.result;
  } catch (error) {
    // Somebody bundled this package into one file, without the thread's.
    if (notFound.has((error as NodeJS.ErrnoException).code ?? '')) return await doHere(task);
    throw error;
  } finally {
    await worker.terminate();
  }
}
