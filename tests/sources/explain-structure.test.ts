import { expect, it } from 'vitest';
import { type Files, useLoader } from './load-folder.js';

const loader = useLoader();
const HEADER = 'post_id,influencer_id,date,caption';

async function refusal(rows: string | Buffer) {
  const files: Files = { 'posts.csv': Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.from(rows)]) };
  const { code, message, hint } = await loader.refusal(files);
  return { code, message, hint };
}

it.each([
  ['p1,A,2025-01-01', 3],
  ['p1,A,2025-01-01,x,y', 5],
  ['   ', 1],
])('names the row %j with a wrong number of fields', async (row, count) => {
  expect(await refusal(`p0,A,2025-01-01,"a\nb"\n\n${row}\np2,A,2025-01-01,x\n`)).toEqual({
    code: 'bad-structure',
    message: `posts.csv, line 5: the row has ${count} fields, but the header has 4.`,
    hint: 'Put quotes around values that contain ",", or mend the row, and run again.',
  });
});

it('names the row whose quote is never closed', async () => {
  expect(await refusal('p0,A,2025-01-01,x\np1,A,2025-01-01,"open\np2,A,2025-01-01,x\n')).toEqual({
    code: 'bad-structure',
    message: 'posts.csv, line 3: a quote is opened and never closed.',
    hint: 'Close the quote and run again.',
  });
});

it('names the row with text after a closing quote', async () => {
  expect(await refusal('p0,A,2025-01-01,5" fits\np1,A,2025-01-01,"5" hurts"\n')).toEqual({
    code: 'bad-structure',
    message: 'posts.csv, line 3: text follows the closing quote of a value.',
    hint: 'Double the quotes inside the value ("" for ") and run again.',
  });
});

it('names the row that is far too long', async () => {
  expect(await refusal(`p0,A,2025-01-01,x\np1,A,2025-01-01,"${'x\n'.repeat(1_500_000)}"\n`)).toEqual({
    code: 'bad-structure',
    message:
      'posts.csv, line 3: the row is longer than 2,000,000 characters; most likely a quote is not closed.',
    hint: 'Close the quote, or shorten the value, and run again.',
  });
});

it('names the row that is not UTF-8', async () => {
  const latin1 = Buffer.from('p1,A,2025-01-01,caf\xe9 bar\n', 'latin1');
  expect(await refusal(Buffer.concat([Buffer.from('p0,A,2025-01-01,"é\nx"\n'), latin1]))).toEqual({
    code: 'bad-encoding',
    message: 'posts.csv, line 4: the text is not UTF-8.',
    hint: 'Save the file as "CSV UTF-8" and run again.',
  });
});

it('says that line endings are mixed', async () => {
  const { code, message, hint } = await refusal('p0,A,2025-01-01,x\r\np1,A,2025-01-01,y\n');
  expect(code).toBe('bad-structure');
  expect(message).toMatch(/^posts\.csv, from line \d+ on: the rows are not readable as CSV \(.+\)\.$/);
  expect(hint).toBe('Save the file again as CSV, with one kind of line ending, and run again.');
});

it('accepts what every spreadsheet accepts', async () => {
  await loader.load({
    'posts.csv': `${HEADER}\np0,A,2025-01-01,5" fits\np1, "A" ,2025-01-01,"x" \np2,A,2025-01-01,y,\n`,
  });
  expect(await loader.query('SELECT post_id, influencer_id, caption FROM posts ORDER BY post_id')).toEqual([
    { post_id: 'p0', influencer_id: 'A', caption: '5" fits' },
    { post_id: 'p1', influencer_id: 'A', caption: 'x' },
    { post_id: 'p2', influencer_id: 'A', caption: 'y' },
  ]);
});
