import type { Delivery } from '../ledger/deliveries.js';
import { type Edition, editionName } from '../ledger/edition.js';
import type { Run } from '../ledger/runs.js';

/** What the owner is told: in a subject, in sentences, as a list of facts, and what to do about it. */
export interface NoticeText {
  /** Names it in the ledger; an owner gets one notice of a kind about an edition. */
  kind: string;
  subject: string;
  lines: string[];
  facts: [label: string, value: string][];
  fix: string[];
}

/** Writes a moment for a person. */
type Moment = (moment: Date) => string;

/** An edition was not made or did not pass; nobody got it. */
export function heldNotice(
  run: Run,
  { reasons, hint, again }: { reasons: readonly string[]; hint: string | undefined; again: Date | null },
  moment: Moment,
): NoticeText {
  const name = editionName(run);
  return {
    kind: again === null ? numbered('not-sent', run) : 'held',
    subject: again === null ? `Not sent: ${name}` : `Held back: ${name}`,
    lines: [
      again === null
        ? `The edition ${name} was not sent. No recipient got anything.`
        : `The edition ${name} is held back. No recipient got anything so far. It is tried again with growing waits, the last time before ${moment(again)}.`,
      ...reasons,
    ],
    facts: editionFacts(run, moment),
    fix: [
      ...(hint === undefined ? [] : [hint]),
      'roi-report check shows what is wrong with the data; roi-report build shows the report as it would be.',
      again === null
        ? `When it is mended: roi-report send --edition ${name}`
        : `When it is mended, the next attempt sends it; roi-report send --edition ${name} does so at once.`,
    ],
  };
}

/**
 * An edition goes out, and the owner should know of something.
 *
 * @param failures - gates that did not open, where the configuration sends all the same
 * @param remarks - what was left out of messages
 */
export function sentAnywayNotice(
  run: Run,
  failures: readonly string[],
  remarks: readonly string[],
  moment: Moment,
): NoticeText {
  const name = editionName(run);
  return {
    kind: numbered('sent-anyway', run),
    subject: `Sent with a warning: ${name}`,
    lines: [
      failures.length === 0
        ? `The edition ${name} is sent, but not all of it.`
        : `The edition ${name} did not pass and is sent all the same, with a red badge, because delivery.gates.onFailure is "send".`,
      ...failures,
      ...remarks,
    ],
    facts: editionFacts(run, moment),
    fix: [
      ...(failures.length === 0
        ? []
        : ['Set delivery.gates.onFailure to "hold" if such an edition should wait for you.']),
      ...(remarks.length === 0
        ? []
        : ['Raise delivery.maxMegabytes if the mail server takes more, or narrow what is shown.']),
    ],
  };
}

/** An edition is at its end, and not everybody got it. */
export function problemNotice(run: Run, deliveries: readonly Delivery[], moment: Moment): NoticeText {
  const name = editionName(run);
  const sent = deliveries.filter(({ state }) => state === 'sent');
  const failed = deliveries.filter(({ state }) => state === 'failed');
  const unknown = deliveries.filter(({ state }) => state === 'unknown');
  return {
    kind: numbered('problem', run),
    subject: `${sent.length} of ${deliveries.length} sent${unknown.length === 0 ? '' : `, ${unknown.length} not known`}: ${name}`,
    lines: [
      `The edition ${name} was sent to ${sent.length} of ${deliveries.length} recipients.`,
      ...failed.map(({ recipient, result }) => `${recipient} did not get it: ${result}.`),
      ...unknown.map(
        ({ recipient, result }) =>
          `Whether ${recipient} got it is not known: ${result}. It is not sent again by itself.`,
      ),
    ],
    facts: editionFacts(run, moment),
    fix: [
      ...(failed.length === 0
        ? []
        : [`Mend the cause; then send it to those who did not get it: roi-report deliveries resend ${name}`]),
      ...unknown.map(
        ({ recipient }) =>
          `Ask ${recipient}. If it did not arrive: roi-report deliveries resend ${name} --to ${recipient}`,
      ),
    ],
  };
}

/** An edition is not out at its deadline. */
export function deadlineNotice(run: Run, deliveries: readonly Delivery[], moment: Moment): NoticeText {
  const name = editionName(run);
  const sent = deliveries.filter(({ state }) => state === 'sent').length;
  const stands = {
    due: 'It is not made yet.',
    held: `It is held back: ${run.reason}`,
    delivering: `It was sent to ${sent} of ${deliveries.length} recipients so far.`,
    sent: `It went out late${run.finished ? `, at ${moment(run.finished)}` : ''}.`,
    partial: '',
    failed: '',
    skipped: '',
  }[run.state];
  return {
    kind: 'deadline',
    subject: `Late: ${name}`,
    lines: [
      `The edition ${name} should have been out by ${moment(run.deadline)}. ${stands}`,
      ...(run.created > run.deadline
        ? ['Nothing was running when it was due: the process that sends editions was down.']
        : []),
    ],
    facts: editionFacts(run, moment),
    fix: [
      'See what happened: roi-report runs, roi-report deliveries.',
      'roi-report schedule has to be running all the time, or roi-report schedule --once be called by the system: see the README on running it.',
    ],
  };
}

/** Editions whose time passed while nothing ran, and that are not sent. */
export function missedNotice(runs: readonly Run[], moment: Moment): NoticeText {
  const newest = runs.at(-1);
  const count = runs.length === 1 ? 'One edition was' : `${runs.length} editions were`;
  return {
    kind: 'missed',
    subject:
      runs.length === 1 && newest ? `Missed: ${editionName(newest)}` : `Missed: ${runs.length} editions`,
    lines: [
      `${count} due while nothing was running, and ${runs.length === 1 ? 'is' : 'are'} not sent.`,
      ...runs.map((run) => `${editionName(run)}, due ${moment(run.due)}: ${run.reason}.`),
    ],
    facts: [],
    fix: [
      'Send one all the same: roi-report send --edition NAME, with a name from above.',
      'schedules[].missed says what becomes of missed editions.',
    ],
  };
}

/** An edition that is taken up again by hand may fail once more, and the owner is to hear of that too. */
function numbered(kind: string, { attempts }: Run): string {
  return `${kind}-${attempts}`;
}

function editionFacts(run: Run & Edition, moment: Moment): [string, string][] {
  return [
    ['Edition', editionName(run)],
    ['Due', moment(run.due)],
    ['To be out by', moment(run.deadline)],
    ['Report as of', run.asOf],
  ];
}
