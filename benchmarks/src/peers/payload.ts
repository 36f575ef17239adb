const sentence = 'The invoice of last week is still open; could you look at it and tell me when it will be paid? No. ';

/** A message of ordinary length, different each time. */
export const payload = (index: number | string): string => sentence + index;

/** What an agent that is measured answers. */
export const answerTo = (text: string): string => `Yes: ${text}`;
