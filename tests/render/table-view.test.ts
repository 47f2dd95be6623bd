import { describe, expect, it } from 'vitest';
import { createFormat } from '../../src/format/format.js';
import { tableView } from '../../src/render/table-view.js';
import type { Table } from '../../src/report/schema.js';

const format = createFormat('en-IN', 'INR');
const table: Table = {
  id: 'influencers',
  title: 'Influencers',
  columns: [
    { key: 'name', label: 'Influencer', unit: 'text' },
    { key: 'platform', label: 'Platform', unit: 'text' },
    { key: 'revenue', label: 'Revenue', unit: 'money' },
    { key: 'roas', label: 'ROAS', unit: 'ratio' },
    { key: 'day', label: 'Day', unit: 'date' },
  ],
  rows: [
    { name: 'Asha', platform: 'Instagram', revenue: 2_00_000, roas: 0.5, day: '2025-06-02' },
    { name: 'Bina', platform: '', revenue: 50_000, roas: 2, day: '2025-06-03' },
    { name: 'Cyra', platform: null, revenue: -1_000, roas: null, day: null },
  ],
};
const rowsOf = (options: Parameters<typeof tableView>[1]) => tableView(table, options, format).rows;

describe('the view of a table', () => {
  it('writes every cell, keeps its raw value for sorting, and puts the unit into the header', () => {
    const { columns, rows, title, id } = tableView(table, {}, format);
    expect({ id, title }).toEqual({ id: 'influencers', title: 'Influencers' });
    expect(columns.map(({ label, sign, align }) => [label, sign, align])).toEqual([
      ['Influencer', null, 'words'],
      ['Platform', null, 'words'],
      ['Revenue', '₹', 'figures'],
      ['ROAS', null, 'figures'],
      ['Day', null, 'words day'],
    ]);
    expect(rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
      ['Asha', 'Instagram', '2,00,000', '0.50×', '2 Jun 2025'],
      ['Bina', '', '50,000', '2.00×', '3 Jun 2025'],
      ['Cyra', 'n/a', '−1,000', 'n/a', 'n/a'],
    ]);
    expect(rows[2]?.cells.map(({ raw }) => raw)).toEqual(['Cyra', '', '-1000', '', '']);
  });

  it('shows the columns asked for, renamed, and refuses one that is not there', () => {
    const { columns } = tableView(table, { show: 'roas name', labels: 'roas:Return' }, format);
    expect(columns.map(({ label }) => label)).toEqual(['Return', 'Influencer']);
    expect(() => tableView(table, { show: 'name rosa' }, format)).toThrow('has no column "rosa"');
  });

  it('keeps the first rows, fewer of them on paper, and says how many follow and where', () => {
    const view = tableView(table, { print: 1, screen: 2 }, format);
    expect(view.rows.map(({ screenOnly }) => screenOnly)).toEqual([false, true]);
    expect(view.morePrint).toBe('and 2 more, in report.json under “influencers”');
    expect(view.moreScreen).toBe('and 1 more, in report.json under “influencers”');
    const whole = tableView(table, { print: 3, screen: 3 }, format);
    expect([whole.morePrint, whole.moreScreen]).toEqual([null, null]);
  });

  it('keeps rows at or above the threshold off the paper', () => {
    const view = tableView(
      { ...table, rows: table.rows.slice(0, 2) },
      { belowKey: 'roas', below: 2 },
      format,
    );
    expect(view.rows.map(({ screenOnly }) => screenOnly)).toEqual([false, true]);
    expect(view.morePrint).toBe(null);
  });

  it('draws bars in the first column asked for that is there: none for n/a, an empty one below zero', () => {
    const bars = (bar: string) => rowsOf({ bar }).map(({ cells }) => [cells[2]?.bar, cells[3]?.bar]);
    expect(bars('loaded_roas revenue roas')).toEqual([
      ['100.0', null],
      ['25.0', null],
      ['0.0', null],
    ]);
    expect(bars('roas')).toEqual([
      [null, '25.0'],
      [null, '100.0'],
      [null, null],
    ]);
    const zero = { ...table, rows: [{ ...table.rows[0], revenue: 0 }] };
    expect(tableView(zero, { bar: 'revenue' }, format).rows[0]?.cells[2]?.bar).toBe('0.0');
  });

  it('marks gains and losses, and signs them where asked', () => {
    const cells = rowsOf({ tones: 'revenue', signed: 'revenue' }).map((row) => row.cells[2]);
    expect(cells.map((cell) => [cell?.text, cell?.tone])).toEqual([
      ['+2,00,000', 'good'],
      ['+50,000', 'good'],
      ['−1,000', 'bad'],
    ]);
  });

  it('puts the second line of a cell together from what is there', () => {
    const subs = rowsOf({ sub: 'name:platform+day' }).map(({ cells }) => cells[0]?.sub);
    expect(subs).toEqual(['Instagram · 2025-06-02', '2025-06-03', null]);
  });

  it('is dense only where its figures need the room', () => {
    expect(tableView(table, {}, format).dense).toBe(false);
    const columns = Array.from({ length: 8 }, (_, index) => ({
      key: `k${index}`,
      label: 'K',
      unit: 'money' as const,
    }));
    const row = Object.fromEntries(columns.map(({ key }) => [key, 10_000_000_000]));
    expect(tableView({ ...table, columns, rows: [row] }, {}, format).dense).toBe(true);
  });

  it('has nothing but its words without rows', () => {
    const view = tableView({ ...table, rows: [] }, { bar: 'revenue', print: 5, empty: 'None.' }, format);
    expect(view).toMatchObject({ rows: [], empty: 'None.', morePrint: null, moreScreen: null, dense: false });
    const own = tableView({ ...table, rows: [], empty: 'Not known.' }, { empty: 'None.' }, format);
    expect(own.empty).toBe('Not known.');
  });

  it('carries its note', () => {
    expect(tableView(table, {}, format).note).toBeNull();
    expect(tableView({ ...table, note: 'All of them.' }, {}, format).note).toBe('All of them.');
  });
});
