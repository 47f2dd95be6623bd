import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.js';
import { quietEffects } from '../../src/effects.js';
import { computeReport } from '../../src/pipeline/compute-report.js';
import { csvOf, writeTables } from '../support/csv-tables.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { tinyTables } from '../support/tiny-tables.js';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterAll(() => remove());

let folders = 0;
async function report(files: Record<string, string>, currency = 'INR') {
  const dataDir = path.join(folder, String(folders++));
  await mkdir(path.join(dataDir, 'drops'), { recursive: true });
  await writeTables(dataDir, tinyTables);
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(dataDir, name), text);
  const config = configSchema.parse({ report: { currency } });
  return computeReport({ dataDir, config, asOf: '2025-06-30' }, quietEffects());
}

const payouts = (sign: string) => `influencer_id,basis,total_payout\nA,order,${sign}900\nB,post,1000\n`;

it.each([
  ['€', 'INR', 'EUR'],
  ['₹', 'USD', 'INR'],
  ['CHF ', 'INR', 'CHF'],
])('amounts in %s are refused in a report in %s', async (sign, currency, named) => {
  await expect(report({ 'payouts.csv': payouts(sign) }, currency)).rejects.toMatchObject({
    code: 'currency-differs',
    exitCode: 3,
    hint: `Set report.currency: ${named} in the configuration, or convert the amounts.`,
  });
});

it.each([
  ['₹', 'INR'],
  ['$', 'AUD'],
  ['Rs. ', 'LKR'],
  ['', 'JPY'],
])('amounts in %s are taken in a report in %s', async (sign, currency) => {
  const { report: made } = await report({ 'payouts.csv': payouts(sign) }, currency);
  expect(made.status).toBe('complete');
});

it('the same file twice is refused, by both names', async () => {
  const text = csvOf('tracking_data', tinyTables.tracking_data);
  const drops = { 'tracking_data.csv': 'x', 'drops/tracking-1.csv': text, 'drops/tracking-2.csv': text };
  await expect(report(drops)).rejects.toMatchObject({
    code: 'duplicate-file',
    exitCode: 3,
    message:
      'drops/tracking-2.csv and drops/tracking-1.csv have the same content; their rows would count twice in tracking_data.',
  });
});
