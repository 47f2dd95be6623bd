import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import writeWorkbook from 'write-excel-file/node';
import { ReportError } from '../../../src/errors.js';
import { readHeads } from '../../../src/sources/files/read-heads.js';
import { stageRows } from '../../../src/sources/files/stage.js';
import { openStaging, type Staging } from '../../../src/sources/files/staging.js';
import { storedZip, withZip } from '../../../src/sources/files/zip.js';
import { NO_SETTINGS } from '../../../src/sources/settings.js';
import { REAL_ZSTD, zstdText } from './packed.js';
import { useScratch } from './scratch.js';

const scratch = useScratch();
let staging: Staging;
beforeEach(async () => {
  staging = await openStaging();
});
afterEach(() => staging.remove());

/** Files that can be read, and the parts of a workbook, whose checksums would hide what is altered inside. */
async function examples(): Promise<{ bytes: Buffer; wrap(altered: Buffer): Buffer }[]> {
  const text = Buffer.from(zstdText().slice(0, 400));
  const workbook = await writeWorkbook([
    {
      sheet: 'Posts',
      data: [
        ['id', 'date', 'n'],
        ['é', new Date(0), 1.5],
      ],
      dateFormat: 'dd/mm/yyyy',
    },
  ]).toBuffer();
  const { path } = await scratch.write('whole.xlsx', workbook);
  const parts = await withZip(path, async (all) => {
    const read = await Promise.all(all.map(async (part) => [part.name, await part.read()] as const));
    return new Map(read);
  });
  const whole = [text, Buffer.from(text.toString(), 'utf16le'), gzipSync(text), REAL_ZSTD, workbook];
  return [
    ...whole.map((bytes) => ({ bytes, wrap: (altered: Buffer) => altered })),
    ...[...parts].map(([name, bytes]) => ({
      bytes,
      wrap: (altered: Buffer) => storedZip(new Map([...parts, [name, altered]])),
    })),
  ];
}

it('reads or refuses any file, however it was altered, and never fails otherwise', async () => {
  const all = await examples();
  const change = fc.record({ at: fc.double({ min: 0, max: 0.999, noNaN: true }), byte: fc.nat(255) });
  const alteration = fc.record({
    example: fc.nat(all.length - 1),
    changes: fc.array(change, { maxLength: 4 }),
    keep: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
  });
  const outcomes = { read: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(alteration, async ({ example, changes, keep }) => {
      const { bytes, wrap } = all[example] ?? { bytes: Buffer.alloc(0), wrap: (altered) => altered };
      const altered = Buffer.from(bytes.subarray(0, Math.ceil(bytes.length * keep)));
      for (const { at, byte } of changes) altered[Math.floor(at * altered.length)] = byte;
      const file = await scratch.write('a', wrap(altered));
      const { heads, problem } = await readHeads(file, NO_SETTINGS);
      expect(heads.length > 0).toBe(problem === null);
      expect(problem?.exitCode ?? 3).toBe(3);
      outcomes[problem ? 'refused' : 'read']++;
      for (const head of heads) {
        const line = head.records[0]?.line ?? 1;
        await stageRows(head, line, staging, new AbortController().signal).catch((error: unknown) => {
          if (!(error instanceof ReportError)) throw error;
        });
      }
    }),
    { numRuns: RUNS },
  );
  expect(outcomes.read).toBeGreaterThan(RUNS / 10);
  expect(outcomes.refused).toBeGreaterThan(RUNS / 10);
});

const RUNS = 150;
