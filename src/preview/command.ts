import { isFiltered } from '../model/filters.js';
import type { PreviewState } from './state.js';

/** The flags with which the preview was started, as they were given, and the day that its reports are made for. */
export interface Started {
  data: string;
  config: string | null;
  asOf: string;
}

/** Needs no quotes in any shell of ours. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** The command line that builds what is shown, for a POSIX shell. */
export function commandOf(
  { filters, roasBelow, topPosts }: PreviewState,
  configured: PreviewState,
  { data, config, asOf }: Started,
): string {
  const flags: [string, string | number | null][] = [
    ['data', data],
    ['config', config],
    ['as-of', asOf],
    ...filters.campaigns.map((name): [string, string] => ['campaign', name]),
    ...filters.categories.map((name): [string, string] => ['category', name]),
    ...filters.platforms.map((name): [string, string] => ['platform', name]),
    ['min-followers', filters.minFollowers],
    ['max-followers', filters.maxFollowers],
    ['from', filters.from],
    ['to', filters.to],
    ['roas-below', roasBelow === configured.roasBelow ? null : roasBelow],
    ['top-posts', topPosts === configured.topPosts ? null : topPosts],
  ];
  const written = flags.flatMap(([name, value]) =>
    value === null
      ? []
      : [`--${name}${value === '' || String(value).startsWith('-') ? '=' : ' '}${quoted(String(value))}`],
  );
  // Without it the configuration's filters would hold where the page has none.
  const own = isFiltered(configured.filters) ? ['--no-filters'] : [];
  // The page compares with nothing.
  return ['roi-report build', ...own, ...written, '--no-compare'].join(' ');
}

function quoted(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
