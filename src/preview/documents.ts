import type { DrawingThreads } from '../charts/drawing-threads.js';
import type { Effects } from '../effects.js';
import { type SharedBrowser, shareBrowser } from '../render/browser/shared-browser.js';
import { type RenderOptions, renderReport } from '../render/render.js';
import type { Report } from '../report/schema.js';
import { openCharts } from './charts.js';
import { commandOf } from './command.js';
import { fontAddress } from './fonts.js';
import type { Live, LiveInputs, Loaded } from './live.js';
import { openQueue } from './queue.js';
import { remember } from './remember.js';
import { type PreviewState, queryOf, stateOf } from './state.js';
import { wordsOf } from './words.js';

/** A report as the page shows it. */
export interface Shown {
  /** The document; its fonts are asked for at this server, and its charts may be places that `charts` fills. */
  html: string;
  /** The command line that builds the same. */
  command: string;
  /** Its headline figures, for who hears the page. */
  words: string;
  /** What the reader should know: names that nothing bears, characters without a font. */
  warnings: string[];
  state: PreviewState;
  /** As `queryOf` writes the state. */
  query: string;
}

/** What a server of reports hands out; each throws `ReportError`. */
export interface Documents {
  shown(query: URLSearchParams, signal: AbortSignal): Promise<Shown>;
  /** The charts of what is shown, by the `data-waits-for` of their places. */
  charts(query: URLSearchParams, signal: AbortSignal): Promise<Record<string, string>>;
  /** The document with its charts; its fonts are asked for at this server. */
  page(query: URLSearchParams, signal: AbortSignal): Promise<string>;
  report(query: URLSearchParams, signal: AbortSignal): Promise<Report>;
  /** The document as a file of its own. */
  html(query: URLSearchParams, signal: AbortSignal): Promise<string>;
  pdf(query: URLSearchParams, signal: AbortSignal): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Reports remembered for going back and forth, and for the downloads of what is shown. */
const REPORTS = 12;
const PDFS = 3;
const WAITING_REPORTS = 64;
const WAITING_PDFS = 16;

interface Computed {
  report: Report;
  warnings: string[];
}

/**
 * @param threads - draw the charts
 * @param launch - starts the browser that prints, when a PDF is first asked for
 */
export function openDocuments(
  live: Live,
  started: Pick<LiveInputs, 'dataDir' | 'configFile'>,
  threads: DrawingThreads,
  launch: Parameters<typeof shareBrowser>[0],
  effects: Effects,
): Documents {
  const reports = remember<Computed>(REPORTS);
  const pdfs = remember<Uint8Array>(PDFS);
  const charts = openCharts(threads.draw);
  const computing = openQueue(1, WAITING_REPORTS);
  const printing = openQueue(1, WAITING_PDFS);
  const browsers: SharedBrowser = shareBrowser(launch);

  /** Taken when it is a request's turn: what was loaded before may be gone by then. */
  const asked = (query: URLSearchParams) => {
    const loaded = live.loaded();
    const state = stateOf(query, loaded.configured);
    return { loaded, state, key: `${loaded.version} ${JSON.stringify(state)}` };
  };
  const compute = ({ loaded, state, key }: ReturnType<typeof asked>) =>
    reports(key, async () => {
      const warnings: string[] = [];
      const report = await loaded.data.compute({ ...state, isolated: false }, (line) => warnings.push(line));
      return { report, warnings };
    });
  const inTurn = <Result>(
    query: URLSearchParams,
    signal: AbortSignal,
    work: (request: ReturnType<typeof asked>) => Promise<Result>,
  ) => computing.run(() => work(asked(query)), signal);
  const draw = (
    { config }: Loaded,
    report: Report,
    options: Pick<RenderOptions, 'draw' | 'fontAddress'>,
    warn: (line: string) => void,
  ) =>
    renderReport(
      report,
      {
        page: config.report,
        templates: config.theme.templates,
        sections: config.sections,
        ...options,
      },
      { ...effects, progress: () => {}, warn },
    );
  const drawAlone = async (request: ReturnType<typeof asked>) => {
    const { report } = await compute(request);
    return {
      ...request,
      report,
      html: await draw(request.loaded, report, { draw: charts.drawn }, effects.warn),
    };
  };

  return {
    shown: (query, signal) =>
      inTurn(query, signal, async (request) => {
        const { loaded, state } = request;
        const { report, warnings: before } = await compute(request);
        const warnings = [...before];
        const options = { draw: charts.drawnOrPlace, fontAddress };
        const html = await draw(loaded, report, options, (line) => warnings.push(line));
        return {
          html,
          command: commandOf(state, loaded.configured, {
            data: started.dataDir,
            config: started.configFile,
            asOf: loaded.asOf,
          }),
          words: wordsOf(report),
          warnings,
          state,
          query: queryOf(state, loaded.configured).toString(),
        };
      }),
    charts: async (query, signal) => {
      const { report } = await inTurn(query, signal, compute);
      return charts.all(report);
    },
    page: (query, signal) =>
      inTurn(query, signal, async (request) => {
        const { report } = await compute(request);
        return draw(request.loaded, report, { draw: charts.drawn, fontAddress }, effects.warn);
      }),
    report: (query, signal) => inTurn(query, signal, async (request) => (await compute(request)).report),
    html: (query, signal) => inTurn(query, signal, async (request) => (await drawAlone(request)).html),
    pdf: (query, signal) =>
      printing.run(async () => {
        const { key, loaded, report, html } = await inTurn(query, signal, drawAlone);
        return pdfs(key, async () => {
          const { printPage } = await import('../render/print-pdf.js');
          const { pdf } = await browsers.use((browser) =>
            printPage(browser, html, {
              ...loaded.config.report,
              asOf: report.meta.asOf,
              signal: effects.signal,
            }),
          );
          return pdf;
        });
      }, signal),
    close: () => browsers.close(),
  };
}
