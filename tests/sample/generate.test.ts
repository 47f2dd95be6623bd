import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { countsFor } from '../../src/sample/generate.js';
import { readTables, readTexts, roughRoas, sampleFolder, TABLES } from './sample-tables.js';

const { generate, pathOf } = sampleFolder();

describe('the same options', () => {
  it('give the same bytes, and another seed gives others', async () => {
    const first = await readTexts(await generate('first', { size: 500, seed: 3 }));
    const second = await readTexts(await generate('second', { size: 500, seed: 3 }));
    const other = await readTexts(await generate('other', { size: 500, seed: 4 }));
    expect(second).toEqual(first);
    other.forEach((text, index) => {
      expect(text).not.toBe(first[index]);
    });
  });

  it.each(TABLES)('gave the committed data/%s.csv', async (table) => {
    const made = await readFile(path.join(await generate('usual'), `${table}.csv`), 'utf8');
    const committed = await readFile(path.join(packageRoot, 'data', `${table}.csv`), 'utf8');
    expect(made === committed).toBe(true);
  });
});

describe('size', () => {
  it('scales the rows as asked and the rest more slowly', async () => {
    const large = await readTables(await generate('large', { size: 20_000 }));
    expect(large.tracking_data).toHaveLength(20_000);
    expect(large.influencers.length).toBeGreaterThan(2 * 120);
    expect(large.influencers.length).toBeLessThan(4 * 120);
    expect(large.posts.length).toBeGreaterThan(2 * 700);
    expect(large.posts.length).toBeLessThan(5 * 700);
    expect(roughRoas(large).overall).toBeGreaterThan(1.3);
    expect(countsFor(10_000_000)).toEqual({ influencers: 6_929, posts: 60_630, tracking_data: 10_000_000 });
  });

  it.each([1, 7])('goes down to %d rows', async (size) => {
    const small = await readTables(await generate(`small-${size}`, { size }));
    expect(small.tracking_data).toHaveLength(size);
    for (const { total_payout } of small.payouts) expect(total_payout).toMatch(/^\d+\.\d\d$/);
  });
});

it('says so when the folder cannot be made', async () => {
  await writeFile(pathOf('taken'), '');
  await expect(generate('taken/below')).rejects.toMatchObject({ code: 'sample-folder', exitCode: 2 });
});
