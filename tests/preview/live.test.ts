import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quietEffects } from '../../src/effects.js';
import { noFilters } from '../../src/model/filters.js';
import { type Live, type LiveEvent, openLive } from '../../src/preview/live.js';
import { writeTables } from '../support/csv-tables.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const ORDER = {
  source: 'P1',
  campaign: 'C1',
  influencer_id: 'A',
  date: '2026-06-01',
  orders: 1,
  revenue: 100,
};
const tables = {
  influencers: [{ influencer_id: 'A', name: 'Asha', follower_count: 10 }],
  posts: [{ post_id: 'P1', influencer_id: 'A', platform: 'X', date: '2026-05-30' }],
  tracking_data: [ORDER],
  payouts: [{ influencer_id: 'A', basis: 'post', rate: 50, orders: 1, total_payout: 50 }],
};

let folder: string;
let remove: () => Promise<void>;
let live: Live;
let events: LiveEvent[];
let arrived: () => void;

beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  await mkdir(path.join(folder, 'data'));
  await mkdir(path.join(folder, 'look'));
  await writeTables(path.join(folder, 'data'), tables);
  await writeFile(path.join(folder, 'report.yaml'), 'theme: { templates: look }\n');
  live = await openLive(
    {
      dataDir: path.join(folder, 'data'),
      configFile: path.join(folder, 'report.yaml'),
      cacheFolder: null,
      asOf: '2026-06-28',
    },
    quietEffects(),
  );
  events = [];
  arrived = () => {};
  live.listen((event) => {
    events.push(event);
    arrived();
  });
});

afterEach(async () => {
  await live.close();
  await remove();
});

/** Waits for the next event of a kind, also one that came meanwhile. */
async function next<Kind extends LiveEvent['kind']>(kind: Kind): Promise<LiveEvent & { kind: Kind }> {
  for (;;) {
    const event = events.shift();
    if (event?.kind === kind) return event as LiveEvent & { kind: Kind };
    if (event === undefined)
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
  }
}

async function revenue(): Promise<unknown> {
  const report = await live.loaded().data.compute({ filters: noFilters, isolated: false });
  return report.sections[0]?.kpis.find(({ id }) => id === 'revenue')?.value;
}

const tracking = (rows: readonly (typeof ORDER)[]) =>
  writeTables(path.join(folder, 'data'), { ...tables, tracking_data: rows });

describe('a change of files', () => {
  it('of data is shown', async () => {
    expect(await revenue()).toBe(100);
    await tracking([ORDER, { ...ORDER, revenue: 23 }]);
    expect(await next('changed')).toMatchObject({ concerns: ['data'] });
    expect(await revenue()).toBe(123);
    expect(live.failure()).toBeNull();
  });

  it('of the configuration is shown, and watched where it leads', async () => {
    const before = live.loaded().version;
    await mkdir(path.join(folder, 'other'));
    await writeFile(
      path.join(folder, 'report.yaml'),
      'report: { brand: New }\ntheme: { templates: other }\n',
    );
    await next('changed');
    expect(live.loaded().config.report.brand).toBe('New');
    expect(live.loaded().version).toBeGreaterThan(before);
    await writeFile(path.join(folder, 'other', 'report.hbs'), 'x');
    expect(await next('changed')).toMatchObject({ concerns: ['templates'] });
  });

  it('of a template is told without loading the data again', async () => {
    const { data } = live.loaded();
    await mkdir(path.join(folder, 'look', 'sections'));
    await writeFile(path.join(folder, 'look', 'sections', 'trend.hbs'), 'x');
    expect(await next('changed')).toMatchObject({ concerns: ['templates'] });
    expect(live.loaded().data).toBe(data);
  });

  it('of a file that is no data is none', async () => {
    await writeFile(path.join(folder, 'data', 'report.pdf'), 'x');
    await tracking([{ ...ORDER, revenue: 7 }]);
    await next('changed');
    expect(await revenue()).toBe(7);
    expect(events).toEqual([]);
  });
});

describe('what cannot be read', () => {
  it('in data leaves what was shown, says where it is wrong, and is gone when it is mended', async () => {
    await appendFile(path.join(folder, 'data', 'tracking_data.csv'), 'P1,C1,A,,,not a day,1,5\n');
    const { error } = await next('failed');
    expect(error).toMatchObject({ message: expect.stringMatching(/tracking_data/) });
    expect(live.failure()).toBe(error);
    expect(await revenue()).toBe(100);
    await tracking([{ ...ORDER, revenue: 9 }]);
    await next('changed');
    expect(live.failure()).toBeNull();
    expect(await revenue()).toBe(9);
  });

  it('in the configuration names file and line', async () => {
    await writeFile(path.join(folder, 'report.yaml'), 'report:\n  currency: Taler\n');
    const { error } = await next('failed');
    expect(error).toMatchObject({
      code: 'config-invalid',
      message: expect.stringMatching(/report\.yaml, line 2/),
    });
    await rm(path.join(folder, 'report.yaml'));
    expect((await next('failed')).error).toMatchObject({ code: 'config-unreadable' });
    await writeFile(path.join(folder, 'report.yaml'), 'report: { currency: EUR }\n');
    await next('changed');
    expect(live.loaded().config.report.currency).toBe('EUR');
  });

  it('in a section of one’s own is followed until it is mended', async () => {
    const section = path.join(folder, 'mine');
    await mkdir(section);
    await writeFile(path.join(section, 'section.yaml'), 'titel: Mine\n');
    await writeFile(path.join(section, 'days.sql'), 'SELECT campaign FROM orders ORDER BY campaign\n');
    await writeFile(path.join(folder, 'report.yaml'), 'sections: [mine]\n');
    expect((await next('failed')).error).toMatchObject({
      message: expect.stringMatching(/mine\/section\.yaml/),
    });
    await writeFile(path.join(section, 'section.yaml'), 'title: Mine\n');
    await next('changed');
    const report = await live.loaded().data.compute({ filters: noFilters, isolated: false });
    expect(report.sections.find(({ id }) => id === 'mine')?.title).toBe('Mine');
    await writeFile(path.join(section, 'section.yaml'), 'title: Yours\n');
    expect(await next('changed')).toMatchObject({ concerns: ['templates'] });
  });

  it('at the start ends it', async () => {
    await expect(
      openLive(
        { dataDir: path.join(folder, 'nothing'), configFile: null, cacheFolder: null },
        quietEffects(),
      ),
    ).rejects.toMatchObject({ exitCode: 3 });
  });
});

it('lets a report that is being made come to its end while the data change', async () => {
  const { data } = live.loaded();
  const computing = data.compute({ filters: noFilters, isolated: false });
  await tracking([ORDER, ORDER]);
  await next('changed');
  const report = await computing;
  expect(report.sections[0]?.kpis[0]?.value).toBe(100);
});
