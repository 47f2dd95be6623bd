import { nice, ticks } from 'd3-array';

/**
 * An axis with round values written in the report's own way, zero always in sight.
 *
 * @param values - what the axis has to hold
 * @param write - a value as its label
 */
export function roundAxis(
  values: readonly (number | null)[],
  write: (value: number) => string,
  count = 5,
): { domain: [number, number]; axis: { values: number[]; labelExpr: string } } {
  const defined = values.filter((value) => value !== null);
  const low = Math.min(0, ...defined);
  const high = Math.max(0, ...defined);
  if (low === high) return { domain: [0, 1], axis: labelled([0], write) };
  const domain = nice(low, high, count);
  return { domain, axis: labelled(ticks(...domain, count), write) };
}

/** Widens a domain so that labels of so many px fit beyond its outermost bars. */
export function roomAtEnds([low, high]: [number, number], width: number, label: number): [number, number] {
  const ends = (low < 0 ? 1 : 0) + (high > 0 ? 1 : 0);
  const perPixel = (high - low) / Math.max(1, width - ends * label);
  return [low < 0 ? low - label * perPixel : low, high > 0 ? high + label * perPixel : high];
}

/** About how wide a text of 10 px is, in px; rather too wide than too narrow. */
export function roughWidth(text: string): number {
  return Array.from(text).reduce((width, letter) => width + (/[\x20-\xFF₹×−·]/.test(letter) ? 6.2 : 10.5), 0);
}

/** An axis with labels at just these values. */
export function labelled(
  values: number[],
  write: (value: number) => string,
): { values: number[]; labelExpr: string } {
  const labels = Object.fromEntries(values.map((value) => [String(value), write(value)]));
  return { values, labelExpr: `${JSON.stringify(labels)}[datum.value]` };
}
