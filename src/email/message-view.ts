import { createFormat, type Format } from '../format/format.js';
import { changeView } from '../render/change-view.js';
import { compactFigure } from '../render/template-engine.js';
import { reportView } from '../render/view.js';
import { overviewOf } from '../report/overview.js';
import type { Kpi, Report } from '../report/schema.js';
import type { ChartImage } from './chart-image.js';
import { shortened } from './plain-text.js';

/** What the body of a message is made of. */
export interface BodyInputs {
  report: Report;
  /** The picture that the message carries, as `chartImage` gives it; null where there is none. */
  chart: MessageChart | null;
  /** What the reader should know of this message, such as that an attachment was left out; a sentence each. */
  notes: readonly string[];
  /** Names of the attached files. */
  attachments: readonly string[];
  /** Who gets the answers, as people write it; null where nobody does. */
  replyTo: string | null;
}

export type MessageChart = Omit<ChartImage, 'png'>;

/** What the templates of the message see: every text as it is written on page 1 of the report. */
export interface MessageView {
  language: string;
  brand: string;
  title: string;
  period: string;
  /** The filters in one line; '' where everything is in the report. */
  filtered: string;
  asOf: string;
  /** The line that mail programs show beside the subject. */
  preheader: string;
  headline: string;
  /** Sentences under the headline. */
  lead: string;
  /** `amber` and `red` say which of the three it is, as templates ask. */
  badge: { name: string; reason: string; amber: boolean; red: boolean };
  /** What is wrong with this edition or this message, a sentence each; empty on a good one. */
  warnings: string[];
  /** The week that the changes speak of, written out; null where no figure has one. */
  week: string | null;
  figures: FigureView[];
  findings: { number: number; text: string; detail: string | null }[];
  chart: MessageChart | null;
  attachments: readonly string[];
  replyTo: string | null;
}

export interface FigureView {
  label: string;
  /** Of the whole period. */
  figure: string;
  /** Whether it is so long that it needs smaller letters. */
  long: boolean;
  /** The week's own figure and how it moved; null where there is nothing to compare with. */
  week: { figure: string; changes: FigureChange[] } | null;
}

/** A movement, coloured only where it is good or bad. */
export interface FigureChange {
  sign: string;
  text: string;
  /** What it is measured against. */
  over: string;
  good: boolean;
  bad: boolean;
}

/** Letters of one text. Some mail programs cut a message off at 102 kB, and a name can be of any length. */
const LONGEST = 500;
const LONGEST_PREHEADER = 200;
/** Letters of a figure that fit in half of a phone at full size. */
const FITTING = 9;
/** ROAS answers the question of the report; the rest says what it is made of. */
const FIRST = 'roas';

/** The report as its message tells it: headline, main figures with their changes, findings, and all else in words. */
export function messageView({ report, chart, notes, attachments, replyTo }: BodyInputs): MessageView {
  const { meta, badge, findings } = report;
  const format = createFormat(meta.locale, meta.currency);
  const view = reportView(report, new Map());
  const overview = overviewOf(view);
  const kpis = overview?.mainKpis ?? [];
  const headline = overview?.headline ?? '';
  return {
    language: view.language,
    brand: shortened(meta.brand, LONGEST),
    title: shortened(meta.title, LONGEST),
    period: meta.period.label,
    filtered: shortened(view.report.filtered, LONGEST),
    asOf: format.date(meta.asOf),
    preheader: shortened(
      [headline, ...findings.slice(0, 1).map(({ text }) => text)].filter((text) => text !== '').join('. '),
      LONGEST_PREHEADER,
    ),
    headline,
    lead: overview?.notes.join(' ') ?? '',
    badge: {
      name: badge.color.charAt(0).toUpperCase() + badge.color.slice(1),
      reason: badge.reason,
      amber: badge.color === 'amber',
      red: badge.color === 'red',
    },
    warnings: [
      ...report.sections
        .filter(({ error }) => error !== undefined)
        .map(({ title }) => `The section “${title}” is missing from this report.`),
      ...notes,
    ],
    week: kpis.find(({ delta }) => delta !== null)?.delta?.period ?? null,
    figures: [...kpis]
      .sort((a, b) => Number(b.id === FIRST) - Number(a.id === FIRST))
      .map((kpi) => figureView(kpi, kpi.delta, format)),
    findings: findings.map(({ text, detail }, index) => ({
      number: index + 1,
      text: shortened(text, LONGEST),
      detail: detail === undefined ? null : shortened(detail, LONGEST),
    })),
    chart: chart && chartView(chart),
    attachments,
    replyTo,
  };
}

function chartView({ cid, width, height, title, caption, alt }: MessageChart): MessageChart {
  return { cid, width, height, title, caption, alt };
}

function figureView(
  { id, label, value, unit }: Pick<Kpi, 'id' | 'label' | 'value' | 'unit'>,
  delta: Kpi['delta'] | null,
  format: Format,
): FigureView {
  const figure = compactFigure(value, unit, format);
  const kind = unit === 'ratio' || unit === 'share' ? unit : 'money';
  const change = (movement: NonNullable<Kpi['delta']>, moved: number | null, over: string): FigureChange => {
    const { sign, text, tone } = changeView(id, movement.kind, kind, moved, format);
    return { sign, text, over, good: tone === 'good', bad: tone === 'bad' };
  };
  return {
    label,
    figure,
    long: figure.length > FITTING,
    week: delta
      ? {
          figure: compactFigure(delta.current, unit, format),
          changes: [
            change(delta, delta.change, 'vs week before'),
            change(delta, delta.changeFromAverage, 'vs 4-week mean'),
          ],
        }
      : null,
  };
}
