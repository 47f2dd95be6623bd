import { currencyDigits } from '../format/format.js';
import type { NewDelivery } from '../ledger/deliveries.js';
import { lastSentFacts } from '../ledger/run-lists.js';
import type { NewRun, RunFacts } from '../ledger/runs.js';
import { quarantineCsv } from '../output/quarantine-csv.js';
import { type Slices, withSlices } from '../pipeline/slices.js';
import { launchBrowser, type RunningBrowser } from '../render/browser/launch.js';
import { type SharedBrowser, shareBrowser } from '../render/browser/shared-browser.js';
import { type Printable, printMany } from '../render/print-many.js';
import { renderReport } from '../render/render.js';
import type { Report } from '../report/schema.js';
import { openStage, type Stage } from './archive.js';
import type { Audiences, Slice } from './audiences.js';
import { composeMessages } from './compose-messages.js';
import type { EditionContext } from './context.js';
import { type GateFailure, isHeld, judgeFacts, judgeReport } from './gates.js';
import { lastEditionOf } from './last-edition.js';
import { pdfGate } from './pdf-gate.js';

export interface BuiltEdition {
  /** The gates that did not open. */
  failures: GateFailure[];
  /** What is to be delivered; null where the gates hold the edition. */
  messages: NewDelivery[] | null;
  /** What the owner should know though the edition goes out. */
  remarks: string[];
  facts: RunFacts;
}

/**
 * Makes an edition: loads the data once, computes and prints one report a slice, and composes one message a recipient. All of it lies in
 * the edition's folder when this returns, and nothing is sent.
 *
 *     data → gates → reports → HTML → PDF → gates → messages → folder
 *
 * @param archive - the delivery folder that holds the editions which were sent
 * @throws ReportError where data, figures, pages or messages cannot be made; the folder is then as before
 */
export async function buildEdition(
  edition: Planned,
  audiences: Audiences,
  context: EditionContext,
  archive: string = context.folder,
): Promise<BuiltEdition> {
  const { config, dataDir, cacheFolder, folder, effects } = context;
  const stage = await openStage(folder, edition);
  const launch = () => launchBrowser(effects);
  const work = { edition, audiences, stage, launch, browsers: shareBrowser(launch), context, archive };
  try {
    const built = await withSlices({ dataDir, config, asOf: edition.asOf, cacheFolder }, effects, (data) =>
      buildFrom(data, work),
    );
    if (built.messages !== null) await stage.commit();
    return built;
  } finally {
    await work.browsers.close();
    await stage.discard();
  }
}

type Planned = Pick<NewRun, 'schedule' | 'slot' | 'asOf'>;

interface Work {
  edition: Planned;
  audiences: Audiences;
  stage: Stage;
  launch: () => Promise<RunningBrowser>;
  browsers: SharedBrowser;
  context: EditionContext;
  archive: string;
}

async function buildFrom(data: Slices, work: Work): Promise<BuiltEdition> {
  const { edition, launch, browsers, context } = work;
  const { config, ledger, effects } = context;
  const { gates } = config.delivery;
  const failures = judgeFacts(
    {
      judgements: data.judgements,
      newestOrder: data.newestOrder,
      rows: data.trackedRows,
      rowsBefore: lastSentFacts(ledger, edition)?.rows ?? null,
      asOf: edition.asOf,
    },
    gates,
  );
  const facts: RunFacts = { rows: data.trackedRows };
  if (isHeld(failures, gates)) return { failures, messages: null, remarks: [], facts };

  const drawn = new Map<string, Drawn>();
  const documents = draw(data, failures.length > 0, drawn, work);
  const messages: NewDelivery[] = [];
  const remarks: string[] = [];
  for await (const printed of printMany(documents, { page: config.report, launch, browsers }, effects)) {
    if ('error' in printed) throw printed.error;
    const slice = drawn.get(printed.key);
    if (!slice) throw new Error(`${printed.key} was printed and not drawn.`);
    drawn.delete(printed.key);
    const finished = { ...slice, pdf: printed.pdf };
    failures.push(...judgeReport(slice.report), ...(await pdfGate(printed.pdf, slice.report, printed.key)));
    await keepReport(finished, data, work);
    const composed = await composeMessages({ ...finished, ...work });
    messages.push(...composed.messages);
    remarks.push(...composed.remarks);
    effects.signal.throwIfAborted();
  }
  messages.sort((a, b) => (a.file < b.file ? -1 : 1));
  return { failures, messages: isHeld(failures, gates) ? null : messages, remarks, facts };
}

interface Drawn {
  slice: Slice;
  report: Report;
  html: string;
}

async function keepReport(
  { slice, report, html, pdf }: Drawn & { pdf: Uint8Array },
  { quarantined }: Slices,
  { stage, context: { config } }: Work,
): Promise<void> {
  const write = (name: string, content: string | Uint8Array) =>
    stage.write(`reports/${slice.name}/${name}`, content);
  await write('report.json', `${JSON.stringify(report, null, 2)}\n`);
  await write('report.html', html);
  await write('report.pdf', pdf);
  if (quarantined.length === 0 || slice.isolated) return;
  await write('quarantine.csv', quarantineCsv(quarantined, currencyDigits(config.report.currency)));
}

/**
 * Computes and draws the reports, each when it is asked for.
 *
 * @param drawn - gets what was drawn, by the name of its slice
 */
async function* draw(
  data: Slices,
  failed: boolean,
  drawn: Map<string, Drawn>,
  { edition, audiences, context, archive }: Work,
): AsyncGenerator<Printable> {
  const {
    config: { report: page, theme, sections },
    effects,
  } = context;
  for (const slice of audiences.slices) {
    const previous = await lastEditionOf(edition, slice, context, archive);
    const computed = await data.compute({ ...slice, previous });
    const report = failed ? { ...computed, badge: NOT_PASSED } : computed;
    const html = await renderReport(report, { page, templates: theme.templates, sections }, effects);
    drawn.set(slice.name, { slice, report, html });
    yield { key: slice.name, html, report };
  }
}

/** No figure of the whole stands in it: it goes to those who see a part as well. */
const NOT_PASSED: Report['badge'] = {
  color: 'red',
  reason: 'The data did not pass the checks before sending; ask the sender before you use the figures',
};
