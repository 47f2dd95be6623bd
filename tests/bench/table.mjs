import { megabytes, seconds } from './numbers.mjs';

const TARGETS = {
  build: 2,
  buildGoal: 1.25,
  metrics: 2.5,
  again: 0.3,
  peakBytes: 4e9,
  memory: 0.15,
  slices: 0.8,
  sampleChange: 150,
  largeChange: 1_000,
};
const HEAD = ['benchmark', 'ours', 'against', 'ratio', 'target'];

/** The results as text for a person: the machine, one table of ratios, and where the time of a and c and the memory of d went. */
export function resultsTable({ machine, a, b = [], c, d, e }) {
  const rows = [
    ...(a ? [buildRow(a)] : []),
    ...b.flatMap(metricsRows),
    ...(c ? [repeatedRow(c)] : []),
    ...(d ? slicesRows(d) : []),
    ...(e ? previewRows(e) : []),
  ];
  return [
    `${machine.system}, ${machine.cores} cores (${machine.processor}), ${megabytes(machine.memoryBytes)}, load ${machine.load.toFixed(1)}`,
    `Node ${machine.node}, DuckDB ${machine.duckdb}, ${machine.browser}`,
    '',
    ...aligned([HEAD, ...rows]),
    ...(a ? ['', 'a, phase by phase (medians)', ...aligned(a.phases.map(phaseRow))] : []),
    ...(c ? ['', 'c, report by report (memory after each)', ...aligned(c.reports.map(reportRow))] : []),
    ...(d ? ['', 'd, memory after so many slices', ...aligned(d.memory.map(memoryRow))] : []),
    '',
  ].join('\n');
}

function buildRow({ ours, floor, ratio, ratioMin, ratioMax, runs }) {
  const range = ({ median, min, max }) =>
    `${seconds(median)} (${min.toFixed(2)} to ${max.toFixed(2)}, ${runs} runs)`;
  return [
    'a  cold build of the sample : floor',
    range(ours),
    range(floor),
    `${ratio.toFixed(2)} (${ratioMin.toFixed(2)} to ${ratioMax.toFixed(2)})`,
    `≤ ${TARGETS.build} ${verdict(ratio <= TARGETS.build)}, goal ${TARGETS.buildGoal} ${verdict(ratio <= TARGETS.buildGoal)}`,
  ];
}

function metricsRows({ rows, first, second, scan, ratio, secondRatio, runs }) {
  const best = (side) => `${seconds(side.seconds)} (best of ${runs}), peak ${megabytes(side.peakBytes)}`;
  const size = rows.toLocaleString('en-US');
  const small = first.peakBytes < TARGETS.peakBytes;
  return [
    [
      `b  load + checks + metrics, ${size} orders : scan`,
      best(first),
      best(scan),
      ratio.toFixed(2),
      `≤ ${TARGETS.metrics} ${verdict(ratio <= TARGETS.metrics)}, < ${megabytes(TARGETS.peakBytes)} ${verdict(small)}`,
    ],
    [
      `b  the same again, files unchanged : scan`,
      best(second),
      best(scan),
      `${secondRatio.toFixed(2)} (${(second.seconds / first.seconds).toFixed(2)} of the first run)`,
      `≤ ${TARGETS.again} ${verdict(secondRatio <= TARGETS.again)}`,
    ],
  ];
}

function repeatedRow({ reports, milliseconds, memoryRatio }) {
  return [
    'c  memory after report 10 : report 3',
    megabytes(reports.at(-1).memoryBytes),
    megabytes(reports[2].memoryBytes),
    `${memoryRatio.toFixed(2)} (${Math.round(milliseconds)} ms a report)`,
    `± ${TARGETS.memory * 100} % ${verdict(Math.abs(memoryRatio - 1) <= TARGETS.memory)}`,
  ];
}

function slicesRows({ slices, ours, bare, ratio, memory }) {
  const side = ({ seconds: length, rate }) => `${rate.toFixed(2)} a second (${seconds(length)})`;
  const growth = (key) => memory.at(-1)[key] / memory[0][key];
  const grown = (key) => [
    megabytes(memory.at(-1)[key]),
    megabytes(memory[0][key]),
    growth(key).toFixed(2),
    `± ${TARGETS.memory * 100} % ${verdict(Math.abs(growth(key) - 1) <= TARGETS.memory)}`,
  ];
  const marks = `after slice ${memory.at(-1).slices} : slice ${memory[0].slices}`;
  return [
    [
      `d  ${slices} sliced PDFs : bare loop over the same pages`,
      side(ours),
      side(bare),
      ratio.toFixed(2),
      `≥ ${TARGETS.slices} ${verdict(ratio >= TARGETS.slices)}`,
    ],
    [`d  memory of Node ${marks}`, ...grown('nodeBytes')],
    [`d  memory of the browser ${marks}`, ...grown('browserBytes')],
  ];
}

function previewRows({ sample, large, rows }) {
  const range = ({ median, min, max }) =>
    `${Math.round(median)} ms (${Math.round(min)} to ${Math.round(max)})`;
  const part = (label, whole, server, changes, target) => [
    `e  ${label} : the server’s share`,
    `${range(whole)}, ${changes} changes`,
    range(server),
    (whole.median / server.median).toFixed(2),
    `median ≤ ${target} ms ${verdict(whole.median <= target)}`,
  ];
  const both = (data, { changes, total, charts, server }, target) => [
    part(`changed filter → new report in the page, ${data}`, total, server, changes, target),
    part(`changed filter → the last of its charts, ${data}`, charts, server, changes, target),
  ];
  return [
    ...both('sample', sample, TARGETS.sampleChange),
    ...both(`${rows.toLocaleString('en-US')} orders`, large, TARGETS.largeChange),
  ];
}

function memoryRow({ slices, nodeBytes, browserBytes }) {
  return [`  ${slices}`, `Node ${megabytes(nodeBytes)}`, `browser ${megabytes(browserBytes)}`];
}

function phaseRow({ phase, seconds: length }) {
  return [`  ${phase}`, `${Math.round(length * 1000)} ms`];
}

function reportRow({ milliseconds, memoryBytes }, place) {
  return [`  ${place + 1}`, `${Math.round(milliseconds)} ms`, megabytes(memoryBytes)];
}

function verdict(met) {
  return met ? 'met' : 'missed';
}

function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('   ')
      .trimEnd(),
  );
}
