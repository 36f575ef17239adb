// A thread that does one task with the YAML library and ends.
import { parentPort, workerData } from 'node:worker_threads';
import { doDocumentTask } from './do-document-task.ts';
import type { DocumentTask } from './document-task.ts';
import { AllowlistError } from './errors.ts';

const answer = (task: DocumentTask) => {
  try {
    return { result: doDocumentTask(task) };
  } catch (error) {
    if (!(error instanceof AllowlistError)) throw error;
    const { code, shortMessage, position } = error;
    return { fault: { code, shortMessage, position } };
  }
};

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(answer(workerData as DocumentTask));
