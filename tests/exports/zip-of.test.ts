import { unzipSync } from 'fflate';
import { afterEach, expect, it, vi } from 'vitest';
import { zipOf } from '../../src/exports/zip-of.js';

afterEach(() => vi.useRealTimers());

const files = new Map<string, string | Uint8Array>([
  ['tables/trend.weeks.csv', '\uFEFF"week"\r\n₹'],
  ['सेहत.bin', new Uint8Array([0, 255, 1])],
  ['empty.csv', ''],
]);

it('packs files under their paths, texts as UTF-8', () => {
  const unpacked = unzipSync(zipOf(files));
  expect(Object.keys(unpacked)).toEqual([...files.keys()]);
  expect(Buffer.from(unpacked['tables/trend.weeks.csv'] ?? []).toString()).toBe('\uFEFF"week"\r\n₹');
  expect([...(unpacked['सेहत.bin'] ?? [])]).toEqual([0, 255, 1]);
  expect(unzipSync(zipOf(new Map()))).toEqual({});
});

it('gives the same bytes at any time, and others for other contents', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-06-30T01:30:00Z') });
  const first = zipOf(files);
  vi.setSystemTime(new Date('2031-12-24T18:00:59Z'));
  expect(Buffer.compare(first, zipOf(files))).toBe(0);
  expect(Buffer.compare(first, zipOf(new Map([...files, ['empty.csv', '1']])))).not.toBe(0);
});
