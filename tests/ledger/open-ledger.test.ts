import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const { folder, remove } = await temporaryFolder();
afterAll(remove);

it('makes its folder for its owner alone, and opens what is there', () => {
  const place = path.join(folder, 'new', 'delivery');
  openLedger(place).close();
  const again = openLedger(place);
  expect(again.prepare('SELECT COUNT(*) AS runs FROM runs').get()).toMatchObject({ runs: 0 });
  expect(again.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'wal' });
  expect(again.prepare('PRAGMA synchronous').get()).toMatchObject({ synchronous: 2 });
  again.close();
  if (process.platform !== 'win32') expect(statSync(place).mode & 0o777).toBe(0o700);
});

it('refuses what is no ledger, and names the file and the fix', () => {
  const place = path.join(folder, 'text');
  mkdirSync(place);
  writeFileSync(path.join(place, 'ledger.db'), 'not a database, but longer than the header of one'.repeat(9));
  expect(() => openLedger(place)).toThrow(
    expect.objectContaining({
      code: 'ledger-unusable',
      exitCode: 5,
      message: expect.stringContaining(path.join(place, 'ledger.db')),
      hint: expect.stringContaining('backup'),
    }),
  );
});

it('leaves alone what a newer version wrote', () => {
  const place = path.join(folder, 'newer');
  const ledger = openLedger(place);
  ledger.exec('PRAGMA user_version = 99');
  ledger.close();
  expect(() => openLedger(place)).toThrow(/newer version/);
});
