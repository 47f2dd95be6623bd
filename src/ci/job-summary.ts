import { createFormat, type Format } from '../format/format.js';
import { readsAsZero } from '../format/reads-as-zero.js';
import { overviewOf } from '../report/overview.js';
import type { Kpi, Report, Table } from '../report/schema.js';
import type { FileFacts } from './file-facts.js';
import type { GateResult } from './judge-gates.js';
import { markdownTable, markdownText } from './markdown.js';
import type { BuildFailure, BuildOutcome } from './outcome.js';

const LISTED = 10;
const HASH = 12;

/** A build as a page of Markdown, such as the job summary of GitHub Actions. Texts of the data are shown as they are, and do nothing. */
export function buildSummary({ report, gates, outputs }: BuildOutcome): string {
  const { meta, badge, sections } = report;
  const format = createFormat(meta.locale, meta.currency);
  const overview = overviewOf(report);
  const campaigns = overview?.tables.find(({ id }) => id === 'top-campaigns');
  return blocks([
    `## ${markdownText(`${meta.title} · ${meta.brand}`)}`,
    `As of ${format.date(meta.asOf)} · ${markdownText(meta.period.label)}`,
    `**Data ${badge.color}:** ${markdownText(badge.reason)}`,
    ...sections.flatMap(({ title, error }) =>
      error === undefined ? [] : [`**Failed section:** ${markdownText(title)}: ${markdownText(error)}`],
    ),
    figures(overview?.kpis ?? [], format),
    gateLines(gates),
    findings(report),
    campaigns === undefined ? '' : tableBlock(campaigns, format),
    sinceLast(report, format),
    fileBlock(outputs),
  ]);
}

/** A build that failed as a page of Markdown: why, and what helps. */
export function failureSummary({ code, message, hint }: BuildFailure): string {
  return blocks([
    '## No report was made',
    message
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => `**Error:** ${markdownText(line)}`)
      .join('  \n'),
    hint === null ? '' : `Fix: ${markdownText(hint)}`,
    `Failure: ${markdownText(code)}`,
  ]);
}

function blocks(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function headed(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`### ${title}`, '', ...lines].join('\n');
}

function figures(kpis: readonly Kpi[], format: Format): string {
  if (kpis.length === 0) return '';
  const period = kpis.find(({ delta }) => delta !== undefined)?.delta?.period ?? 'Week';
  const rows = kpis.map(({ label, value, unit, delta }) => [
    markdownText(label),
    cell(value, unit, format),
    delta === undefined ? '' : cell(delta.current, unit, format),
    delta === undefined ? '' : change(delta.change, delta.kind, unit, format),
  ]);
  return markdownTable(['Figure', 'Value', markdownText(period), 'Change'], rows).join('\n');
}

function cell(value: number | string | null, unit: Kpi['unit'], format: Format): string {
  if (typeof value === 'number' && unit === 'money') return markdownText(format.compact(value));
  if (typeof value === 'number' && unit === 'price') return markdownText(format.price(value));
  return markdownText(format.value(value, unit));
}

function change(
  value: number | null,
  kind: 'relative' | 'absolute',
  unit: Kpi['unit'],
  format: Format,
): string {
  if (kind === 'relative') return markdownText(format.signed(value, 'share'));
  return markdownText(format.signed(value, unit).replace('%', ' pts'));
}

function gateLines(gates: readonly GateResult[]): string {
  return headed(
    'Gates',
    gates.map(
      ({ gate, ok, text }) =>
        `- ${ok ? 'passed' : '**failed**'}: ${markdownText(gate)}. ${markdownText(text)}`,
    ),
  );
}

function findings({ findings: found }: Report): string {
  const signs = { good: '▲', bad: '▼', neutral: '•' };
  return headed(
    'What changed',
    found.map(({ severity, text, detail }) =>
      [
        '-',
        signs[severity],
        markdownText(text),
        ...(detail === undefined ? [] : [markdownText(detail)]),
      ].join(' '),
    ),
  );
}

function tableBlock({ title, columns, rows, empty }: Table, format: Format): string {
  if (rows.length === 0) return headed(markdownText(title), [`_${markdownText(empty ?? 'none')}_`]);
  return headed(
    markdownText(title),
    markdownTable(
      columns.map(({ label }) => markdownText(label)),
      rows.map((row) => columns.map(({ key, unit }) => cell(row[key] ?? null, unit, format))),
    ),
  );
}

function sinceLast({ comparison }: Report, format: Format): string {
  if (comparison === undefined) return '';
  const { with: earlier, moved, restated } = comparison;
  const kpis = (moved.kpis ?? [])
    .filter(({ change: by, kind, unit }) => !readsAsZero(by, kind, unit, format))
    .map(
      ({ label, unit, before, now, change: by, kind }) =>
        `- ${markdownText(label)}: ${cell(before, unit, format)} → ${cell(now, unit, format)} (${change(by, kind, unit, format)})`,
    );
  const weeks = (restated ?? []).map(({ week, figure, before, now }) => {
    const unit = figure === 'revenue' || figure === 'payout' ? 'money' : 'count';
    return `- Restated: ${figure} of the week from ${format.date(week)}: ${markdownText(amount(before, unit, format))} → ${markdownText(amount(now, unit, format))}`;
  });
  const more = weeks.length - LISTED;
  const lines = [
    ...kpis,
    ...(moved.kpis === null ? ['- An edition lacks its headline figures: what moved is not known'] : []),
    ...weeks.slice(0, LISTED),
    ...(restated === null ? ['- An edition lacks its weeks: what was restated is not known'] : []),
    ...(more > 0 ? [`- and ${more} more restated figures`] : []),
  ];
  return headed(
    `Since the edition of ${format.date(earlier.asOf)}`,
    lines.length === 0 ? ['The headline figures read the same, and nothing was restated.'] : lines,
  );
}

function amount(value: number | null, unit: 'money' | 'count', format: Format): string {
  return unit === 'money' ? format.money(value) : format.value(value, unit);
}

function fileBlock(outputs: readonly FileFacts[]): string {
  const inFolders = outputs.filter(({ file }) => file.includes('/')).length;
  const rows = outputs
    .filter(({ file }) => !file.includes('/'))
    .map(({ file, bytes, sha256 }) => [
      markdownText(file),
      bytes.toLocaleString('en-US'),
      `\`${sha256.slice(0, HASH)}\``,
    ]);
  const more =
    inFolders === 0
      ? []
      : [
          '',
          `and ${inFolders} ${inFolders === 1 ? 'file' : 'files'} in tables/; manifest.json has every hash in full.`,
        ];
  return headed('Files', [...markdownTable(['File', 'Bytes', 'SHA-256'], rows), ...more]);
}
