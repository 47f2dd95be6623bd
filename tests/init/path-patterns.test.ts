import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pathsFor } from '../../src/init/path-patterns.js';

it.each<[string[], string[], string[]]>([
  [['payouts.csv'], ['posts.csv'], ['payouts.csv']],
  [['b.xlsx', 'b.xlsx'], [], ['b.xlsx']],
  [['orders-2026-05.csv', 'orders-2026-06.csv'], ['posts.csv'], ['orders-*.csv']],
  [['week1.csv', 'week2.csv', 'week10.csv'], ['posts.csv'], ['week*.csv']],
  [['orders-may.csv', 'orders-march.csv'], ['posts.csv'], ['orders-*.csv']],
  [['orders-1.csv', 'orders-2.csv'], ['orders-old.csv'], ['orders-1.csv', 'orders-2.csv']],
  [['tracking/north.csv', 'tracking/south.csv'], ['posts.csv'], ['tracking/*.csv']],
  [['a/orders.csv', 'b/orders.csv'], ['posts.csv'], ['*/orders.csv']],
  [['orders-1.csv', 'orders-2.csv.gz'], ['posts.csv'], ['orders-*']],
  [['2026-05 payouts export.csv', '2026-06 payouts export.csv'], ['posts.csv'], ['* payouts export.csv']],
  [['a*1.csv', 'a*2.csv'], ['posts.csv'], ['a*1.csv', 'a*2.csv']],
])('%j among %j is %j', (names, others, paths) => {
  expect(pathsFor(names, [...others, ...names])).toEqual(paths);
});

it('matches what it names, and no other known file', () => {
  const name = fc.stringMatching(/^(a\/)?[ab1 -]{1,4}(\.csv|\.gz)?$/);
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1 }), fc.nat(8), (all, count) => {
      const names = all.slice(0, count + 1);
      const matched = pathsFor(names, all).flatMap((path) => {
        const [before = '', after] = path.split('*');
        if (after === undefined) return [path];
        return all.filter(
          (each) =>
            each.length >= before.length + after.length &&
            each.startsWith(before) &&
            each.endsWith(after) &&
            !each.slice(before.length, each.length - after.length).includes('/'),
        );
      });
      expect(matched.sort()).toEqual(names.sort());
    }),
  );
});
