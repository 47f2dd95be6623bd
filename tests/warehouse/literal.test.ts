import { expect, it } from 'vitest';
import { fileLiteral, literal } from '../../src/warehouse/literal.js';

it('doubles quotes, and leaves all else as it is', () => {
  expect(literal('Asha\'s \\ "tea"\n\'')).toBe("'Asha''s \\ \"tea\"\n'''");
  expect(literal('')).toBe("''");
});

it('lets the characters of a pattern stand for themselves in a path', () => {
  expect(fileLiteral("/data/a[x]*?'s.csv")).toBe("'/data/a[[]x][*][?]''s.csv'");
});
