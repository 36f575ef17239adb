import { expect, test } from 'vitest';
import { createPhoneBook } from './create-phone-book.ts';

const token = (index: number) => ({ lane: 'ann>dot', step: 0, index });

function setUp() {
  const book = createPhoneBook();
  book.bought('old', 0);
  book.bought('new', 10);
  book.began(token(1), 5);
  book.began(token(2), 15);
  book.began(token(1), 20);
  for (const index of [1, 2]) book.accepted(token(index));
  return book;
}

test('a phone must read what began after it was registered', () => {
  const book = setUp();
  expect(book.result()).toEqual({ phones: 2, unread: 3, readByLost: 0 });
  book.read('old', token(1));
  book.read('old', token(2));
  expect(book.result().unread).toBe(1);
  book.read('new', token(2));
  expect(book.result().unread).toBe(0);
});

test('a phone that is being lost must read nothing, and once it is lost it may not', () => {
  const book = setUp();
  book.losing('new');
  book.read('old', token(1));
  book.read('old', token(2));
  expect(book.result()).toEqual({ phones: 2, unread: 0, readByLost: 0 });
  book.lost('new', 30);
  book.read('new', token(2));
  expect(book.result().readByLost).toBe(0);
  book.began(token(3), 40);
  book.read('new', token(3));
  expect(book.result()).toEqual({ phones: 2, unread: 0, readByLost: 1 });
});

test('what was never accepted is missed by nobody', () => {
  const book = createPhoneBook();
  book.bought('old', 0);
  book.began(token(1), 5);
  expect(book.result().unread).toBe(0);
});

test('a reaction is for the phones that have what it is a reaction to', () => {
  const book = setUp();
  book.began(token(3), 40, token(1));
  book.accepted(token(3));
  for (const index of [1, 2, 3]) book.read('old', token(index));
  book.read('new', token(2));
  expect(book.result()).toEqual({ phones: 2, unread: 0, readByLost: 0 });
  book.began(token(4), 40, token(2));
  book.accepted(token(4));
  expect(book.result().unread).toBe(2);
});
