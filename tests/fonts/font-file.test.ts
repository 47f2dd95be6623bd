import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ReportError } from '../../src/errors.js';
import { basicLatin } from '../../src/fonts/catalogue.js';
import { openFont, readFontBytes } from '../../src/fonts/font-file.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'font-file-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function failure(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe('openFont', () => {
  test('knows its characters and their widths', () => {
    const font = openFont(basicLatin().file(400, 'woff'));
    expect(font.has(0x41)).toBe(true);
    expect(font.has(0x915)).toBe(false);
    expect(font.width('A')).toBeGreaterThan(font.width('i'));
    expect(font.width('1')).toBe(font.width('0'));
    expect(font.width('')).toBe(0);
  });

  test('reads a file once', () => {
    const file = basicLatin().file(400, 'woff');
    expect(openFont(file)).toBe(openFont(file));
  });

  test('says which file is damaged, and what to do', async () => {
    const file = path.join(folder, 'broken.woff');
    await writeFile(file, 'no font at all');
    const error = failure(() => openFont(file));
    expect(error).toBeInstanceOf(ReportError);
    expect(error).toMatchObject({ code: 'font-unreadable', exitCode: 4, hint: expect.any(String) });
    expect(String(error)).toContain(file);
  });

  test('says which file is missing', () => {
    const file = path.join(folder, 'missing.woff2');
    expect(failure(() => readFontBytes(file))).toMatchObject({ code: 'font-unreadable' });
    expect(failure(() => openFont(file))).toMatchObject({ code: 'font-unreadable' });
  });
});
