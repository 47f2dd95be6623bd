import type { Config } from 'vega-lite';

/** The colours of the report; the style sheet uses the same values and maps them for dark screens. */
export const colors = {
  ink: '#1b2330',
  grey: '#5c6675',
  hairline: '#e3e7eb',
  muted: '#c6ced6',
  accent: '#0b6b6b',
  good: '#0b6b6b',
  bad: '#b4501e',
  badFill: '#d8874f',
} as const;

/** For categories, in the order they are given out; told apart also by people who do not see red or green. */
export const categorical = ['#0b6b6b', '#d8874f', '#5778a4', '#b58900', '#9c5c8f', '#7a8794'] as const;

/** Width of the report's text column, in px at 96 dpi: A4 less its margins. */
export const COLUMN = 672;

/** The one look of all charts. */
export const chartTheme: Config = {
  font: 'Inter',
  background: 'transparent',
  // The tails of the letters of an axis reach a little below the box that vega reckons with.
  padding: { left: 2, right: 2, top: 2, bottom: 2 },
  autosize: { type: 'fit', contains: 'padding' },
  view: { stroke: null },
  axis: {
    labelFontSize: 10,
    labelColor: colors.grey,
    labelPadding: 6,
    domain: false,
    ticks: false,
    grid: false,
    gridColor: colors.hairline,
    titleFontSize: 10,
    titleFontWeight: 400,
    titleColor: colors.grey,
    titlePadding: 8,
  },
  axisY: { labelColor: colors.ink },
  text: { font: 'Inter', fontSize: 10, color: colors.ink },
  rule: { color: colors.ink },
  legend: { disable: true },
};
