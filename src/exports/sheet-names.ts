const LONGEST = 31;

/**
 * A name for the sheet of each table, as Excel accepts it: at most 31 characters and no two alike, capitals or not. "top-campaigns"
 * becomes "Top campaigns"; a second one "Top campaigns 2".
 *
 * @param ids - ids of the tables, of a-z, 0-9, _ and -
 * @param taken - names that other sheets have
 */
export function sheetNames(ids: readonly string[], taken: readonly string[]): string[] {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  return ids.map((id) => {
    const words = id
      .replace(/[-_]+/g, ' ')
      .replace(/\broas\b/, 'ROAS')
      .trim();
    const name = firstFree(words.charAt(0).toUpperCase() + words.slice(1), used);
    used.add(name.toLowerCase());
    return name;
  });
}

function firstFree(wanted: string, used: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? '' : ` ${number}`;
    const name = wanted.slice(0, LONGEST - end.length).trimEnd() + end;
    if (!used.has(name.toLowerCase())) return name;
  }
}
