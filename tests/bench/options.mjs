import { parseArgs } from 'node:util';

const BENCHMARKS = ['a', 'b', 'c', 'd', 'e'];

/**
 * What the flags ask for.
 *
 * @returns `only` (letters of the benchmarks to run), `rows` (sizes of b; the largest is that of e), `runs` (runs of each side of a), `json` (file or undefined)
 * @throws Error that names the flag and what it takes
 */
export function parseOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', default: BENCHMARKS.join(',') },
      rows: { type: 'string', default: '1000000,10000000' },
      runs: { type: 'string', default: '7' },
      json: { type: 'string' },
    },
  });
  const only = values.only.split(',');
  if (only.some((letter) => !BENCHMARKS.includes(letter)))
    throw new Error(`--only takes letters of ${BENCHMARKS.join(',')}, not "${values.only}".`);
  return {
    only,
    rows: values.rows.split(',').map((text) => wholeNumber('--rows', text)),
    runs: wholeNumber('--runs', values.runs),
    json: values.json,
  };
}

function wholeNumber(flag, text) {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`${flag} takes whole numbers from 1, not "${text}".`);
}
