import type { Head } from '../row-file.js';
import { byKey } from './by-key.js';
import { readFileName } from './file-name.js';

/**
 * Heads of files that were saved a second time, "orders (1).csv" beside "orders.csv": same name but for the number in brackets,
 * same size, same first records. By the name of the head, with the name of the one beside it.
 */
export function copiesAmong(heads: readonly Head[]): ReadonlyMap<string, string> {
  const named = heads.map((head) => ({ head, name: readFileName(head) }));
  const alike = byKey(named, ({ head: { file, kind, sheet, compression, records }, name }) =>
    JSON.stringify([name.pattern, name.marks, file.bytes, kind, sheet, compression, records]),
  );
  return new Map(
    alike.flatMap((group) => {
      const [original, ...others] = group.filter(({ name }) => !name.isCopy);
      if (original === undefined || others.length > 0) return [];
      const copies = group.filter((each) => each !== original);
      return copies.map(({ head }) => [head.name, original.head.name] as const);
    }),
  );
}
