import type { DrawChart, DrawnChart } from '../charts/draw-chart.js';
import type { DrawingThreads } from '../charts/drawing-threads.js';
import type { Effects } from '../effects.js';
import { type SharedBrowser, shareBrowser } from '../render/browser/shared-browser.js';
import { type RenderOptions, renderReport } from '../render/render.js';
import type { Report } from '../report/schema.js';
import { commandOf } from './command.js';
import { fontAddress } from './fonts.js';
import type { Live, LiveInputs, Loaded } from './live.js';
import { openQueue } from './queue.js';
import { remember } from './remember.js';
import { type PreviewState, queryOf, stateOf } from './state.js';
import { wordsOf } from './words.js';

/** A report as the page shows it. */
export interface Shown {
  /** The document; its fonts are asked for at this server. */
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
  report(query: URLSearchParams, signal: AbortSignal): Promise<Report>;
  /** The document as a file of its own. */
  html(query: URLSearchParams, signal: AbortSignal): Promise<string>;
  pdf(query: URLSearchParams, signal: AbortSignal): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Reports remembered for going back and forth, and for the downloads of what is shown. */
const REPORTS = 12;
const PAGES = 6;
const PDFS = 3;
const CHARTS = 160;
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
  const pages = remember<Shown>(PAGES);
  const pdfs = remember<Uint8Array>(PDFS);
  const drawings = remember<DrawnChart>(CHARTS);
  const drawOnce: DrawChart = (chart) => drawings(JSON.stringify(chart), () => threads.draw(chart));
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
      const report = await loaded.data.compute(
        { ...state, isolated: false },
        {
          warn: (line) => warnings.push(line),
          onSection: ({ charts }) => {
            for (const chart of charts) drawOnce(chart).catch(() => {});
          },
        },
      );
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
    options: Pick<RenderOptions, 'fontAddress'>,
    warn: (line: string) => void,
  ) =>
    renderReport(
      report,
      {
        page: config.report,
        templates: config.theme.templates,
        sections: config.sections,
        draw: drawOnce,
        ...options,
      },
      { ...effects, progress: () => {}, warn },
    );
  const drawAlone = async (request: ReturnType<typeof asked>) => {
    const { report } = await compute(request);
    return { ...request, report, html: await draw(request.loaded, report, {}, effects.warn) };
  };

  return {
    shown: (query, signal) =>
      inTurn(query, signal, (request) =>
        pages(request.key, async () => {
          const { loaded, state } = request;
          const { report, warnings: before } = await compute(request);
          const warnings = [...before];
          const html = await draw(loaded, report, { fontAddress }, (line) => warnings.push(line));
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
      ),
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
