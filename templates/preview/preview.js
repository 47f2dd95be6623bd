import { currentQuery, onTravel, writeQuery } from './address.js';
import { ask } from './ask.js';
import { createControls } from './controls.js';
import { copies } from './copy.js';
import { drawDownloads } from './downloads.js';
import { listen } from './events.js';
import { createFrame } from './frame.js';
import { createNotices } from './notices.js';
import { painted } from './painted.js';
import { createPanel } from './panel.js';
import { countFilters, queryOf, stateOf } from './state.js';
import { dayWords } from './words.js';

const part = (id) => document.getElementById(id);
const root = document.documentElement;
const frame = createFrame(part('report'));
const notices = createNotices({
  words: part('words'),
  panelWords: part('panel-words'),
  failure: part('failure'),
  trouble: part('trouble'),
  warnings: part('warnings'),
  stage: part('stage'),
});
const say = (text) => {
  part('said').textContent = text;
};

let configured;
/** The query of the report in view. */
let shown = null;
let asked = null;
/** The query of the address that the server did not understand, as long as it is the one asked for. */
let misunderstood = null;
/** How many filters the controls show. */
let filterCount = 0;
let running = new AbortController();

const controls = createControls(part('filters'), (state, time, isFinal) => {
  const query = queryOf(state, configured);
  writeQuery(query, isFinal);
  count(state);
  if (query !== asked) show(query, time);
});

/** Brings the report of a query into view; a newer call takes the place of one that is under way. */
async function show(query, time = performance.now()) {
  running.abort();
  const mine = new AbortController();
  running = mine;
  asked = query;
  delete root.dataset.shown;
  delete root.dataset.complete;
  notices.waiting();
  try {
    const report = await answer('/api/report', query, mine.signal);
    if (mine.signal.aborted) return;
    await frame.show(report, query);
    if (mine.signal.aborted) return;
    shown = query;
    part('command').value = report.command;
    part('formats').disabled = false;
    part('copy-command').disabled = false;
    notices.succeeded(report);
    await painted();
    if (mine.signal.aborted) return;
    root.dataset.shown = query;
    performance.measure('report', { start: time, end: performance.now() });
    if (frame.lacksCharts()) {
      const charts = await answer('/api/charts', query, mine.signal);
      if (mine.signal.aborted) return;
      frame.fillIn(charts);
      await painted();
      if (mine.signal.aborted) return;
    }
    root.dataset.complete = query;
    performance.measure('charts', { start: time, end: performance.now() });
    frame.settle();
  } catch (error) {
    if (mine.signal.aborted) return;
    notices.failed('report', error);
    misunderstood = error.code === 'bad-address' ? query : null;
    drawCount();
  }
}

async function answer(address, query, signal) {
  const response = await ask(address + (query && `?${query}`), signal);
  return response.json();
}

/** Reads anew what the filters offer, and sets them to what the address says. */
async function readOptions() {
  const response = await ask('/api/options');
  const options = await response.json();
  configured = options.state;
  document.title = `${options.title} · ${options.brand} · Preview`;
  part('title').textContent = options.title;
  part('origin').textContent = `${options.brand} · as of ${dayWords(options.asOf)}`;
  controls.offer(options);
  drawDownloads(part('formats'), options.formats, () => shown, {
    started: (label) => {
      notices.forget();
      say(`${label} is being made`);
    },
    finished: (_label, fileName) => say(`${fileName} is downloaded`),
    failed: notices.passing,
  });
  follow(currentQuery());
}

function follow(query) {
  const state = stateOf(query, configured);
  controls.write(state);
  count(state);
}

async function refresh() {
  controls.flush();
  const report = show(currentQuery());
  try {
    await readOptions();
  } catch (error) {
    notices.failed('report', error);
  }
  await report;
}

function count(state) {
  filterCount = countFilters(state);
  drawCount();
}

function drawCount() {
  const filters =
    filterCount === 0 ? 'No filters' : filterCount === 1 ? '1 filter' : `${filterCount} filters`;
  part('active').textContent = misunderstood === currentQuery() ? 'Address not understood' : filters;
  part('open-count').textContent = filterCount === 0 ? '' : ` · ${filterCount}`;
}

part('reset').addEventListener('click', ({ timeStamp }) => {
  writeQuery('', true);
  follow('');
  show('', timeStamp);
});
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  frame.focus();
});
onTravel((query) => {
  follow(query);
  show(query);
});
copies(part('copy-link'), () => location.href, say);
copies(part('copy-command'), () => part('command').value, say);
createPanel({
  side: part('side'),
  form: part('filters'),
  stage: document.querySelector('.status'),
  actions: part('actions'),
  dialog: part('panel'),
  body: part('panel-body'),
  opener: part('open-filters'),
  closer: part('close-filters'),
});

let hasListened = false;
await refresh();
listen({
  loading: () => notices.waiting('Reading the data…'),
  changed: () => {
    notices.mended('server');
    refresh();
  },
  ready: () => {
    notices.mended('server');
    if (hasListened || notices.hasFailed()) refresh();
    hasListened = true;
  },
  failed: ({ error }) => notices.failed('server', error),
  lost: () =>
    notices.failed('server', {
      message: 'The connection to the preview is lost; it is being tried again.',
      hint: 'See whether “roi-report preview” still runs in its terminal.',
    }),
});
