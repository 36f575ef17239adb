import { expect, test } from 'vitest';
import { classifySdkError, fromSdkError } from './classify-error.ts';

test.each([
  ['[GroupError::Storage] database or disk is full', 'DISK_FULL'],
  ['Error: attempt to write a readonly database', 'DISK_READ_ONLY'],
  ['[StorageError] disk I/O error', 'DISK_FAILED'],
  ['Too many open files (os error 24)', 'TOO_MANY_OPEN_FILES'],
  ['unable to open database file', 'NO_PERMISSION'],
  ['database disk image is malformed', 'DATABASE_DAMAGED'],
  ['something else', 'SDK_FAILED'],
])('%s is %s', (text, code) => {
  expect(classifySdkError(new Error(text))).toBe(code);
});

test.each([
  [13, 'DISK_FULL'],
  [4874, 'DISK_FAILED'],
  [11, 'JOURNAL_DAMAGED'],
  [267, 'JOURNAL_DAMAGED'],
  [8, 'DISK_READ_ONLY'],
])('result code %i of the journal is %s', (errcode, code) => {
  const error = Object.assign(new Error('x'), { code: 'ERR_SQLITE_ERROR', errcode });
  expect(classifySdkError(error)).toBe(code);
});

test('what has no name says what the SDK said', () => {
  expect(fromSdkError(new Error('pages, self: "the sentence", pages')).message).toContain('the sentence');
});
