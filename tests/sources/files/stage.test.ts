import { randomFillSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stageRows } from '../../../src/sources/files/stage.js';
import { openStaging, type Staging } from '../../../src/sources/files/staging.js';
import type { Head } from '../../../src/sources/row-file.js';
import type { Encoding } from '../../../src/sources/settings.js';
import { CHECKED_ZSTD, pack, REAL_ZSTD, zstdText } from './packed.js';
import { refusal, useScratch } from './scratch.js';

const scratch = useScratch();
const running = new AbortController().signal;
let staging: Staging;
beforeEach(async () => {
  staging = await openStaging();
});
afterEach(() => staging.remove());

const stagedText = async (head: Head, line = 1) =>
  readFile((await stageRows(head, line, staging, running)).file, 'utf8');

function encode(text: string, encoding: Encoding, mark: boolean): Buffer {
  const marked = mark ? `\uFEFF${text}` : text;
  if (encoding === 'utf-8') return Buffer.from(marked);
  if (encoding === 'windows-1252') return Buffer.from(text.replaceAll('€', '\x80'), 'latin1');
  const little = Buffer.from(marked, 'utf16le');
  return encoding === 'utf-16le' ? little : little.swap16();
}

describe('a staging folder', () => {
  it('is private, gives each file a name of its own, and goes', async () => {
    expect((await stat(staging.folder)).mode & 0o777).toBe(0o700);
    expect(staging.newFile('rows')).not.toBe(staging.newFile('rows'));
    await staging.remove();
    expect(existsSync(staging.folder)).toBe(false);
  });
});

describe('stageRows', () => {
  it('leaves a plain UTF-8 file where it is', async () => {
    const head = await scratch.head('a.csv', '\uFEFFTitle\n\nid;x\n1;2\n', { delimiter: ';' });
    expect(await stageRows(head, 3, staging, running)).toEqual({
      kind: 'csv',
      file: head.file.path,
      delimiter: ';',
      linesAbove: 2,
      hasLines: false,
    });
    expect(await readdir(staging.folder)).toEqual([]);
  });

  const texts: Record<Encoding, string> = {
    'utf-8': 'नमस्ते 😀 Zoë €',
    'utf-16le': 'नमस्ते 😀 Zoë €',
    'utf-16be': 'नमस्ते 😀 Zoë €',
    'windows-1252': 'Zoë €',
  };
  const cases = (['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const).flatMap((encoding) =>
    (['none', 'gzip', 'zstd'] as const).flatMap((compression) =>
      [',', ';', '\t', '|'].map((delimiter) => ({ encoding, compression, delimiter })),
    ),
  );

  it.each(cases)('keeps every line: $encoding, $compression, $delimiter', async (each) => {
    const { encoding, compression, delimiter } = each;
    const rows = [
      ['id', 'caption', 'total'],
      ['1', `"${texts[encoding]}${delimiter} ""x""\r\n2nd"`, '1'],
      ['', '', ''],
      ['2', texts[encoding], '2'],
    ];
    const text = rows.map((row) => row.join(delimiter)).join('\r\n');
    for (const mark of encoding === 'windows-1252' ? [false] : [true, false]) {
      const head = await scratch.head('a.csv', pack(encode(text, encoding, mark), compression));
      expect(head).toMatchObject(each);
      expect(head.records.map(({ line }) => line)).toEqual([1, 2, 5]);
      expect((await stagedText(head)).replace(/^\uFEFF/, '')).toBe(text);
    }
  });

  it('joins characters that are cut between what is read at once', async () => {
    const row = '1,नमस्ते😀ä\n';
    for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'] as const) {
      for (const pad of ['', 'x']) {
        const text = `id,caption${pad}\n${row.repeat(20_000)}`;
        const head = await scratch.head('a.csv', pack(encode(text, encoding, false), 'zstd'));
        expect((await stagedText(head)) === text).toBe(true);
      }
    }
  });

  it('reads what the tools gzip and zstd write, also in several parts', async () => {
    const text = zstdText();
    expect(await stagedText(await scratch.head('a.zst', REAL_ZSTD))).toBe(text);
    expect(await stagedText(await scratch.head('a.zst', Buffer.concat([REAL_ZSTD, REAL_ZSTD])))).toBe(
      text + text,
    );
    expect(
      await stagedText(await scratch.head('a.gz', Buffer.concat([gzipSync(text), gzipSync(text)]))),
    ).toBe(text + text);
  });

  it('takes the encoding of the head, when it was corrected', async () => {
    const late = Buffer.concat([
      Buffer.from(`id,name\n${'1,a\n'.repeat(80_000)}`),
      Buffer.from('2,Zo\xeb\n', 'latin1'),
    ]);
    const head = await scratch.head('a.csv', late);
    expect(head.encoding).toBe('utf-8');
    expect(await stagedText({ ...head, encoding: 'windows-1252' })).toMatch(/2,Zoë\n$/);
  });

  it('writes broken UTF-16 as U+FFFD', async () => {
    const bytes = Buffer.concat([
      Buffer.from('\uFEFFid,name\n1,a\uD83D,b\n', 'utf16le'),
      Buffer.from([0x41]),
    ]);
    expect(await stagedText(await scratch.head('a.csv', bytes))).toBe('id,name\n1,a\uFFFD,b\n\uFFFD');
  });

  it('writes files that only the user may read', async () => {
    const { file } = await stageRows(await scratch.head('a.gz', gzipSync('a,b\n')), 1, staging, running);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('refuses a file that is cut off below its head, and leaves nothing behind', async () => {
    const noise = randomFillSync(Buffer.alloc(600_000)).toString('base64').replaceAll('+', ',');
    const rows = Buffer.from(`id,name\n${noise.replace(/.{60}/g, '$&\n')}`);
    for (const compression of ['gzip', 'zstd'] as const) {
      const head = await scratch.head('a.csv', pack(rows, compression).subarray(0, -1000));
      expect(await refusal(stageRows(head, 1, staging, running))).toMatch(
        'unreadable-file: a.csv is not complete: it ends in the middle of its compressed data.',
      );
    }
    expect(await readdir(staging.folder)).toEqual([]);
  });

  it('refuses a Zstandard file whose text is not that of its checksum', async () => {
    const altered = Buffer.from(CHECKED_ZSTD);
    altered.writeUInt8(altered.readUInt8(altered.length - 1) ^ 1, altered.length - 1);
    const head = await scratch.head('a.csv', CHECKED_ZSTD);
    const file = await scratch.write('b.csv', altered);
    expect(await refusal(stageRows({ ...head, file }, 1, staging, running))).toBe(
      'unreadable-file: b.csv is damaged: its compressed data cannot be unpacked. Copy or download the file again and run again.',
    );
    expect(await readdir(staging.folder)).toEqual([]);
  });

  it('refuses a file that is gone', async () => {
    const head = await scratch.head('a.gz', gzipSync('a,b\n'));
    const file = { ...head.file, path: `${head.file.path}x` };
    expect(await refusal(stageRows({ ...head, file }, 1, staging, running))).toBe(
      'missing-file: a.gz does not exist. Put the file there again.',
    );
  });

  it('stops with the reason of the signal, before and within, and leaves nothing behind', async () => {
    const head = await scratch.head('a.gz', gzipSync(`a,b\n${'1,2\n'.repeat(300_000)}`));
    await expect(stageRows(head, 1, staging, AbortSignal.abort(new Error('enough')))).rejects.toThrow(
      'enough',
    );
    const stop = new AbortController();
    const staged = stageRows(head, 1, staging, stop.signal);
    setImmediate(() => stop.abort(new Error('enough')));
    await expect(staged).rejects.toThrow('enough');
    expect(await readdir(staging.folder)).toEqual([]);
  });
});
