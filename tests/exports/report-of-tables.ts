import type { Report, Section, Table } from '../../src/report/schema.js';
import { reportWith } from '../support/report.js';

/** Texts that break careless writers of files. */
export const HOSTILE_TEXTS = [
  '=HYPERLINK("http://example.com","x")',
  '+1+1',
  '@SUM(A1)',
  '-2',
  'constructor',
  '__proto__',
  'toString',
  '_x0041_ and _x000D_',
  '</t></si><script>',
  '&amp; "quoted", comma; semicolon',
  ' leading and trailing ',
  'line\nbreak',
  'सेहत वर्मा',
  'محمد علي',
  '王小明',
  'Zoë 🎉',
  '00123',
  '2025-06-30',
  'TRUE',
] as const;

export function table(id: string, columns: Table['columns'], rows: Table['rows']): Table {
  return { id, title: `Table ${id}`, columns, rows };
}

/** A report with one section for each list of tables. */
export function reportOf(...lists: Table[][]): Report {
  return reportWith({
    sections: lists.map(
      (tables, place): Section => ({
        id: `section-${place + 1}`,
        title: `Section ${place + 1}`,
        headline: '',
        kpis: [],
        tables,
        charts: [],
        notes: [],
      }),
    ),
  });
}

/** A table of influencers as the report has it. */
export function influencers(count: number): Table {
  return table(
    'influencers',
    [
      { key: 'influencer_id', label: 'Influencer id', unit: 'text' },
      { key: 'name', label: 'Influencer', unit: 'text' },
      { key: 'revenue', label: 'Revenue', unit: 'money' },
      { key: 'orders', label: 'Orders', unit: 'count' },
      { key: 'roas', label: 'ROAS', unit: 'ratio' },
      { key: 'roi', label: 'ROI', unit: 'share' },
    ],
    Array.from({ length: count }, (_, place) => ({
      influencer_id: `I${place}`,
      name: `${HOSTILE_TEXTS[place % HOSTILE_TEXTS.length]} ${place}`,
      revenue: place * 1234.567,
      orders: place,
      roas: place === 0 ? null : place / 7,
      roi: place / 7 - 1,
    })),
  );
}
