/**
 * The shortest way to name files: their only name; a pattern with one `*` that matches them and, of all files known, no
 * other, so that next week's file is found as well; else all their names.
 *
 * @param names paths with forward slashes; at least one
 */
export function pathsFor(names: readonly string[], allNames: readonly string[]): readonly string[] {
  const files = [...new Set(names)];
  const [first = '', ...others] = files;
  if (others.length === 0) return files;
  const start = others.reduce(commonStart, first);
  const end = others.reduce(commonEnd, first.slice(start.length));
  const strangers = allNames.filter((name) => !files.includes(name));
  const isSplit = files.some((name) => /^\p{L}\p{L}$/u.test(name.slice(start.length - 1, start.length + 1)));
  const head = withoutNumber(isSplit ? start.replace(/\p{L}+$/u, '') : start);
  const tail = /[^\p{L}\d._-].*$|\.\p{L}.*$/u.exec(end)?.[0] ?? '';
  const pattern = [
    [head, /(\.\p{L}[^./]*)+$/u.exec(end)?.[0] ?? ''],
    [head, tail],
    [start, end],
  ].find(
    ([before = '', after = '']) =>
      !/[*?]/.test(before + after) &&
      files.every((name) => matches(name, before, after)) &&
      !strangers.some((name) => matches(name, before, after)),
  );
  return pattern ? [pattern.join('*')] : files;
}

function matches(name: string, before: string, after: string): boolean {
  if (name.length < before.length + after.length) return false;
  if (!name.startsWith(before) || !name.endsWith(after)) return false;
  return !name.slice(before.length, name.length - after.length).includes('/');
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}

function commonEnd(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a.at(-1 - length) === b.at(-1 - length)) length++;
  return length === 0 ? '' : a.slice(-length);
}

/** Without a date or number at the end: next time it is another. */
function withoutNumber(start: string): string {
  return start.replace(/\d[\d\s._-]*$/, '');
}
