import { describe, expect, it } from 'vitest';
import { readFileName } from '../../../src/sources/recognise/file-name.js';
import { headOf } from './heads.js';

const read = (name: string) => readFileName(headOf(name));

describe('the name of a file', () => {
  it.each([
    ['tracking_data.csv', 'tracking_data'],
    ['TrackingData.CSV.gz', 'tracking_data'],
    ['Orders export.parquet', 'tracking_data'],
    ['2026-06 sales.csv', 'tracking_data'],
    ['influencer_sales.csv', 'tracking_data'],
    ['posts.csv', 'posts'],
    ['May content.csv', 'posts'],
    ['creators.csv', 'influencers'],
    ['Influencer profiles.csv', 'influencers'],
    ['2026-06 payouts export (1).csv', 'payouts'],
    ['influencer payments.csv', 'payouts'],
    ['payouts/north.csv', 'payouts'],
    ['book.xlsx, sheet Orders', 'tracking_data'],
    ['payouts.xlsx, sheet Sheet1', 'payouts'],
    ['campaign tracking.xlsx, sheet Creators', 'influencers'],
    ['report.csv', null],
    ['postal codes.csv', null],
  ])('%j calls itself %s', (name, table) => {
    expect(read(name).table).toBe(table);
  });

  it('tells a table’s own name from other words for it', () => {
    expect(read('2026 payouts.csv').isOwnName).toBe(true);
    expect(read('payments.csv').isOwnName).toBe(false);
  });

  it.each([
    ['payouts_old.csv', 'old'],
    ['Copy of payouts.csv', 'copy'],
    ['backup/payouts.csv', 'backup'],
    ['merged_data.csv', 'merged'],
    ['book.xlsx, sheet Dashboard', 'dashboard'],
    ['gold.csv', null],
  ])('%j: %s speaks against it', (name, doubt) => {
    expect(read(name).doubt).toBe(doubt);
  });

  it.each([
    ['orders-2026-05.csv', 'orders |', '2026-05'],
    ['orders-2026-05 (1).csv', 'orders |', '2026-05'],
    ['week12.csv', 'week |', '12'],
    ['May payouts.csv', 'payouts |', 'may'],
    ['payouts v2.csv', 'payouts v2 |', ''],
    ['weekly/orders_1.csv', 'weekly orders |', '1'],
    ['book.xlsx, sheet May', 'book |', 'may'],
    ['book.xlsx, sheet Sheet2', 'book | sheet', ''],
  ])('%j without its dates and numbers is %j', (name, pattern, marks) => {
    expect(read(name)).toMatchObject({ pattern, marks });
  });

  it('knows a second copy', () => {
    expect(read('orders (1).csv').isCopy).toBe(true);
    expect(read('orders 1.csv').isCopy).toBe(false);
    expect(read('book.xlsx, sheet May (1)').isCopy).toBe(false);
  });

  it('knows a folder of its own', () => {
    expect(read('tracking/north.csv').folderOf).toBe('tracking_data');
    expect(read('weekly drops/north.csv').folderOf).toBe('deliveries');
    expect(read('north/x.csv').folderOf).toBe(null);
    expect(read('x.csv')).toMatchObject({ folder: '', folderOf: null });
  });
});
