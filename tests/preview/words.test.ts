import { expect, it } from 'vitest';
import { wordsOf } from '../../src/preview/words.js';
import type { Report } from '../../src/report/schema.js';
import { reportWith } from '../support/report.js';

type Changes = Parameters<typeof reportWith>[0];

const overview = (figures: Record<string, number | null>): Report['sections'] => [
  {
    id: 'executive-overview',
    title: 'Executive overview',
    headline: '',
    kpis: Object.entries(figures).map(([id, value]) => ({
      id,
      label: id,
      value,
      unit: id === 'revenue' || id === 'payout' ? 'money' : id === 'roas' ? 'ratio' : 'count',
    })),
    tables: [],
    charts: [],
    notes: [],
  },
];
const { filters } = reportWith({}).meta;
const some = overview({ roas: 0.5, revenue: 500, payout: 1_000, orders: 2, posts: 1 });
const nothing = overview({ roas: null, revenue: 0, payout: 0, orders: 0, posts: 0 });

it.each<[string, Changes, string]>([
  ['figures', { sections: some }, '2–29 Jun 2025: roas 0.50×, revenue ₹500, payout ₹1,000, orders 2.'],
  [
    'posts alone',
    { sections: overview({ roas: null, revenue: 0, payout: 0, orders: 0, posts: 1 }) },
    '2–29 Jun 2025: roas n/a, revenue ₹0, payout ₹0, orders 0.',
  ],
  [
    'filters that nothing passes',
    { sections: nothing, meta: { filters: { ...filters, platforms: ['YouTube'] } } },
    'Nothing in the data matches these filters.',
  ],
  ['no data', { sections: nothing }, 'The data hold no posts and no orders yet.'],
  [
    'a section that failed',
    { sections: some, status: 'degraded' },
    '2–29 Jun 2025: roas 0.50×, revenue ₹500, payout ₹1,000, orders 2. A section could not be computed.',
  ],
])('tells %s in a sentence', (_, changes, words) => {
  expect(wordsOf(reportWith(changes))).toBe(words);
});
