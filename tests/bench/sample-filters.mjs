import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { noFilters } from '../../dist/model/filters.js';
import { SAMPLE } from './places.mjs';

const BANDS = [
  { minFollowers: null, maxFollowers: null },
  { minFollowers: null, maxFollowers: 49_999 },
  { minFollowers: 50_000, maxFollowers: null },
];

/** Different filters over the sample: category × campaign × followers, all of each among them; so many, from wide to narrow. */
export async function sampleFilters(count) {
  const categories = await column('influencers.csv', 'category');
  const campaigns = await column('tracking_data.csv', 'campaign');
  const all = [[], ...categories.map((category) => [category])].flatMap((chosen) =>
    [[], ...campaigns.map((campaign) => [campaign])].flatMap((ofCampaigns) =>
      BANDS.map((band) => ({ ...noFilters, ...band, categories: chosen, campaigns: ofCampaigns })),
    ),
  );
  if (all.length < count) throw new Error(`The sample has ${all.length} such slices, not ${count}.`);
  return all.slice(0, count);
}

/** The different values of a column, in their order; no cell before it in the sample holds a comma. */
async function column(file, name) {
  const [header, ...lines] = (await readFile(path.join(SAMPLE, file), 'utf8')).trim().split('\n');
  const at = header.trim().split(',').indexOf(name);
  const values = lines.map((line) => line.trim().split(',')[at] ?? '');
  return [...new Set(values)].filter((value) => value !== '').sort();
}
