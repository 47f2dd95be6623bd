import type { TopLevelSpec } from 'vega-lite';

/** A Vega-Lite specification as a report holds it: checked by its type, then plain JSON. */
export type ChartSpec = Record<string, unknown>;

export function chartSpec(spec: TopLevelSpec): ChartSpec {
  return { $schema: 'https://vega.github.io/schema/vega-lite/v6.json', ...spec };
}
