import { chmod } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readHeads } from '../../../src/sources/files/read-heads.js';
import { storedZip } from '../../../src/sources/files/zip.js';
import { NO_SETTINGS } from '../../../src/sources/settings.js';
import { pack, REAL_ZSTD } from './packed.js';
import { foundFile, sentence, useScratch } from './scratch.js';

const scratch = useScratch();

describe('a CSV file', () => {
  it('has one head, with all that is needed to read it', async () => {
    const file = await scratch.write('drops/week-1.csv', '\uFEFFid;total\r\nA;1,5\r\n');
    expect(await readHeads(file, NO_SETTINGS)).toEqual({
      heads: [
        {
          name: 'drops/week-1.csv',
          file,
          kind: 'csv',
          sheet: null,
          compression: 'none',
          encoding: 'utf-8',
          delimiter: ';',
          dateSystem: null,
          records: [
            { line: 1, fields: ['id', 'total'] },
            { line: 2, fields: ['A', '1,5'] },
          ],
        },
      ],
      problem: null,
    });
  });

  it('is told by its content, not by its name', async () => {
    const bytes = Buffer.from('id,name\n1,Zoë\n');
    expect(await scratch.head('posts.csv', pack(bytes, 'gzip'))).toMatchObject({ compression: 'gzip' });
    expect(await scratch.head('posts.gz', bytes)).toMatchObject({ compression: 'none' });
    expect(await scratch.head('posts', pack(bytes, 'zstd'))).toMatchObject({ compression: 'zstd' });
    expect(await scratch.head('posts.xlsx', bytes)).toMatchObject({ kind: 'csv' });
    expect(await scratch.head('posts.txt', bytes)).toMatchObject({ kind: 'csv' });
    expect(await scratch.head('posts.csv.zst', REAL_ZSTD)).toMatchObject({
      compression: 'zstd',
      records: expect.arrayContaining([{ line: 2, fields: ['p1', 'A', '2025-01-02', 'नमस्ते 😀'] }]),
    });
  });

  it('is read as the settings say', async () => {
    const bytes = Buffer.from('a;b|c\nZo\xeb;1|2\n', 'latin1');
    const head = await scratch.head('a.csv', bytes, { encoding: 'windows-1252', delimiter: '|' });
    expect(head).toMatchObject({ encoding: 'windows-1252', delimiter: '|' });
    expect(head.records[1]?.fields).toEqual(['Zoë;1', '2']);
    const broken = await scratch.head('a.csv', bytes, { encoding: 'utf-8' });
    expect(broken.records[1]?.fields[0]).toBe('Zo\uFFFD');
  });

  it('is read no further than its head, even where it is cut in a character', async () => {
    for (const pad of ['', 'x', 'xx', 'xxx']) {
      const text = `id,caption\n1,${pad}\n${'2,😀😀😀\n'.repeat(40_000)}`;
      const head = await scratch.head('a.csv', text);
      expect(head).toMatchObject({ encoding: 'utf-8', delimiter: ',' });
      expect(head.records).toHaveLength(100);
    }
  });

  it('may have a row that is longer than the head, below its first rows', async () => {
    const head = await scratch.head('a.csv', `id,caption\n1,"${'x'.repeat(400_000)}"\n`);
    expect(head.records).toEqual([{ line: 1, fields: ['id', 'caption'] }]);
  });

  it('may have a column only', async () => {
    expect(await scratch.head('a.csv', 'id\nA')).toMatchObject({
      delimiter: ',',
      records: [{ line: 1 }, { line: 2 }],
    });
  });
});

describe('a file without a head', () => {
  it.each([
    ['nothing', ''],
    ['a mark', '\uFEFF'],
    ['blank lines', '\n\r\n  \n'],
    ['separators', ';;;\n;;;\n'],
    ['blank values', '"",""\n" ",""\n'],
    ['a declared separator', 'sep=;\r\n'],
  ])('of %s is empty', async (_, text) => {
    const empty = 'empty-file: a.csv is empty. Put at least the header line into it, or export it again.';
    expect(await scratch.problem('a.csv', text)).toBe(empty);
    expect(await scratch.problem('a.csv', gzipSync(text))).toBe(empty);
  });

  it('has a quote that is not closed', async () => {
    const hint = 'Close every quote in the first lines, or export the file again with one row a line.';
    expect(await scratch.problem('a.csv', '\n"id,name\n1,2\n')).toBe(
      `bad-structure: a.csv, line 2: the header cannot be read. ${hint}`,
    );
  });

  it('has a first row without end', async () => {
    for (const text of ['x'.repeat(1_000_000), `"${'x\n'.repeat(500_000)}",b\n1,2\n`]) {
      expect(await scratch.problem('a.csv', text)).toMatch(
        'bad-structure: a.csv, line 1: the row does not end within 256 KB.',
      );
    }
  });
});

describe('a file that is no table', () => {
  it.each([
    ['notes.pdf', Buffer.from('%PDF-1.7\n'), 'a PDF document'],
    ['photo.csv', Buffer.from('89504e470d0a1a0a00', 'hex'), 'an image'],
    ['photo.jpg', Buffer.from('ffd8ffe000104a', 'hex'), 'an image'],
    ['all.7z', Buffer.from('377abcaf271c0004', 'hex'), 'a 7z archive'],
    ['posts.xls', Buffer.from('<html xmlns:x="urn"><table><tr><td>id'), 'a web page (HTML)'],
    ['posts.xml', Buffer.from('<?xml version="1.0"?><rows/>'), 'XML'],
    ['posts.json', Buffer.from('[\n  {"id": 1, "a": 2}]'), 'JSON'],
    ['posts.jsonl', Buffer.from('{"id": 1, "a": 2}\n{"id": 2, "a": 3}\n'), 'JSON'],
    ['README.md', Buffer.from('# Data\n\n| table | column |\n|---|---|\n| a | b |\n'), 'a document'],
    ['posts.csv.bz2', Buffer.from('BZh91AY'), 'compressed with bzip2'],
  ])('is named: %s', async (name, bytes, what) => {
    expect(await scratch.problem(name, bytes)).toMatch(`not-a-table: ${name} is ${what}, not a table. `);
  });

  it('is binary', async () => {
    expect(await scratch.problem('posts.csv', Buffer.from('SQLite format 3\0\x10\0\x01\x01\0@  '))).toMatch(
      'not-a-table: posts.csv holds binary data, not a table.',
    );
  });

  it('is not a title in brackets', async () => {
    expect(await scratch.head('a.csv', '[May] export, all\nid,name\n1,2\n')).toMatchObject({ kind: 'csv' });
  });

  it.each([
    ['posts.zip', { 'posts.csv': '' }, 'is a ZIP archive. Unpack it'],
    [
      'posts.xlsb',
      { 'xl/workbook.bin': '' },
      'is a binary Excel workbook (.xlsb), which cannot be read. Open it in Excel,',
    ],
    [
      'posts.ods',
      { mimetype: '', 'content.xml': '' },
      'is an OpenDocument file (.ods), which cannot be read.',
    ],
    [
      'posts.numbers',
      { 'Index/Document.iwa': '' },
      'is a Numbers document, which cannot be read. Open it in Numbers,',
    ],
    [
      'posts.docx',
      { '[Content_Types].xml': '', 'word/document.xml': '' },
      'is an Office document, not a workbook.',
    ],
  ])('is an archive of another kind: %s', async (name, parts: Record<string, string>, message) => {
    const zip = storedZip(new Map(Object.entries(parts).map(([part, text]) => [part, Buffer.from(text)])));
    expect(await scratch.problem(name, zip)).toMatch(`${name} ${message}`);
  });

  it('is an old workbook, or one with a password', async () => {
    const old = Buffer.alloc(2048);
    old.write('d0cf11e0a1b11ae1', 'hex');
    old.writeUInt16LE(9, 0x1e);
    old.writeUInt32LE(1, 0x30);
    expect(await scratch.problem('posts.xls', old)).toBe(
      'unsupported-format: posts.xls is a file of old Office programs, such as an .xls workbook, which cannot be read. Open it in Excel, save it as .xlsx or as CSV UTF-8, and run again.',
    );
    old.write('EncryptedPackage', 1024 + 128, 'utf16le');
    expect(await scratch.problem('posts.xlsx', old)).toBe(
      'unreadable-file: posts.xlsx is protected with a password. Save it in Excel without a password (File, Info, Protect Workbook) and run again.',
    );
    expect(await scratch.problem('cut.xls', old.subarray(0, 20))).toMatch('unsupported-format');
  });

  it('is compressed twice', async () => {
    expect(await scratch.problem('a.csv.gz', gzipSync(gzipSync('a,b\n')))).toBe(
      'unsupported-format: a.csv.gz is not a CSV file in gzip, but another compressed file. Unpack it into the data folder and run again.',
    );
  });
});

describe('a file that cannot be read', () => {
  const hint = 'Copy or download the file again and run again.';

  it('is cut off', async () => {
    const message = `unreadable-file: a.csv is not complete: it ends in the middle of its compressed data. ${hint}`;
    expect(await scratch.problem('a.csv', gzipSync('id,name\n1,2\n').subarray(0, -9))).toBe(message);
    expect(await scratch.problem('a.csv', REAL_ZSTD.subarray(0, -9))).toBe(message);
    const zip = storedZip(new Map([['xl/workbook.xml', Buffer.from('<workbook/>')]]));
    expect(await scratch.problem('a.csv', zip.subarray(0, -9))).toBe(message);
  });

  it('is damaged', async () => {
    const message = `unreadable-file: a.csv is damaged: its compressed data cannot be unpacked. ${hint}`;
    const packed = gzipSync('id,name\n1,2\n');
    packed[packed.length - 6] = 1 ^ (packed[packed.length - 6] ?? 0);
    expect(await scratch.problem('a.csv', packed)).toBe(message);
    const zstd = Buffer.from(REAL_ZSTD);
    zstd.fill(0xa5, 40, 80);
    expect(await scratch.problem('a.csv', zstd)).toBe(message);
  });

  it('is a folder, or gone', async () => {
    const folder = await foundFile(scratch.folder, 'drops');
    const { problem } = await readHeads(folder, NO_SETTINGS);
    expect(problem && sentence(problem)).toMatch('unreadable-file: drops is a folder that cannot be read.');
    const gone = { name: 'a.csv', path: `${scratch.folder}/a.csv`, bytes: 0 };
    expect((await readHeads(gone, NO_SETTINGS)).problem?.code).toBe('missing-file');
  });

  it.skipIf(process.getuid?.() === 0)('may not be read', async () => {
    const file = await scratch.write('a.csv', 'a,b\n');
    await chmod(file.path, 0);
    const { problem } = await readHeads(file, NO_SETTINGS);
    expect(problem && sentence(problem)).toMatch(
      'unreadable-file: a.csv cannot be read: you have no permission',
    );
  });
});
