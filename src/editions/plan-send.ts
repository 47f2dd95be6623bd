import type { ScheduleConfig } from '../config/schedules.js';
import type { Config } from '../config/schema.js';
import { EXIT, ReportError } from '../errors.js';
import { type Edition, editionName, requireEdition } from '../ledger/edition.js';
import type { Ledger } from '../ledger/open-ledger.js';
import { runsOfDay } from '../ledger/run-lists.js';
import { findRun, type NewRun } from '../ledger/runs.js';
import { noFilters } from '../model/filters.js';
import { parseCron } from '../schedule/cron.js';
import { asOfDay, slotName, slotsBetween } from '../schedule/slots.js';
import { type Audiences, assertOwner, audiencesOf } from './audiences.js';
import { TRIAL } from './trial.js';

/** What `send` is asked for. */
export interface SendRequest {
  /** Id of a schedule; the only one unless named. */
  schedule: string | undefined;
  /** Name of an edition to take up again, or to send though its time passed. */
  edition: string | undefined;
  /** Addresses of a trial, in place of the recipients; empty where it is meant. */
  to: readonly string[];
  /** Day of the report, ISO. */
  asOf: string;
  /** Send one more, though the day has its edition. */
  again: boolean;
}

/** The edition that a request means, and who gets it. */
export function planSend(
  { schedule: wanted, edition, to, asOf, again }: SendRequest,
  config: Config,
  ledger: Ledger,
  now: Date,
): { run: NewRun; audiences: Audiences } {
  if (edition !== undefined && (to.length > 0 || again)) {
    throw usage(
      'An edition goes to its own recipients.',
      'For a trial, leave out --edition; name the day with --as-of.',
    );
  }
  const named = edition === undefined ? null : requireEdition(edition);
  const schedule = findSchedule(named?.schedule ?? wanted, to, config);
  const audiences = audiencesOf(config.filters, schedule);
  if (to.length === 0) assertOwner(config);
  const allowed = schedule.deadlineHours * 3_600_000;
  const times = (due: Date) => ({
    due,
    deadline: new Date(Math.max(due.getTime(), now.getTime()) + allowed),
    giveUp: new Date(now.getTime() + allowed),
    expires: new Date(now.getTime() + allowed),
  });
  if (named) {
    const { due, asOf: day } = findRun(ledger, named) ?? slotOf(named, schedule, config.report.timezone, now);
    return { run: { ...named, asOf: day, ...times(due) }, audiences };
  }
  if (to.length > 0) {
    const slot = now.toISOString().replace(/[-:.]/g, '');
    return { run: { schedule: TRIAL, slot, asOf, ...times(now) }, audiences };
  }
  const slot = again ? freeSlot(ledger, schedule.id, asOf) : (ofTheDay(ledger, schedule.id, asOf) ?? asOf);
  return { run: { schedule: schedule.id, slot, asOf, ...times(now) }, audiences };
}

function findSchedule(
  id: string | undefined,
  to: readonly string[],
  { schedules }: Config,
): Omit<ScheduleConfig, 'missed'> {
  const ids = schedules.map((schedule) => schedule.id).join(', ');
  const found =
    id === undefined
      ? schedules.length === 1
        ? schedules[0]
        : undefined
      : schedules.find((each) => each.id === id);
  if (id !== undefined && !found && !(id === TRIAL && to.length > 0)) {
    throw usage(
      `There is no schedule "${id}".`,
      ids === '' ? 'Describe one under schedules in the configuration.' : `The configuration has: ${ids}.`,
    );
  }
  const trial = to.length === 0 ? undefined : [{ to: [...to] }];
  if (found) return trial ? { ...found, recipients: trial } : found;
  if (trial) {
    return { id: TRIAL, cron: '', filters: noFilters, attach: ['pdf'], recipients: trial, deadlineHours: 1 };
  }
  throw schedules.length === 0
    ? usage(
        'No schedule is configured, so nobody would get it.',
        'Describe one under schedules in the configuration, or name an address: --to you@example.com.',
      )
    : usage(`There are several schedules: ${ids}.`, 'Name one: --schedule <id>.');
}

/** The edition of a day that is there already; one that reached somebody before others. */
function ofTheDay(ledger: Ledger, schedule: string, asOf: string): string | undefined {
  const runs = runsOfDay(ledger, schedule, asOf).filter(({ state }) => state !== 'skipped');
  const reached = runs.find(({ state }) => state === 'sent' || state === 'partial' || state === 'delivering');
  return (reached ?? runs.at(-1))?.slot;
}

function freeSlot(ledger: Ledger, schedule: string, asOf: string): string {
  let number = 2;
  while (findRun(ledger, { schedule, slot: `${asOf}-${number}` })) number += 1;
  return `${asOf}-${number}`;
}

/** The moment and the day of a slot of a schedule, by its name; one that is none would be sent beside the one that was meant. */
function slotOf(
  edition: Edition,
  { id, cron, timezone }: Pick<ScheduleConfig, 'id' | 'cron' | 'timezone'>,
  zone: string,
  now: Date,
) {
  const [, day, hour, minute, offsetHour, offsetMinute] =
    /^(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)([+-]\d\d)(\d\d)$/.exec(edition.slot) ?? [];
  const due = new Date(`${day}T${hour}:${minute}:00${offsetHour}:${offsetMinute}`);
  const slots = Number.isNaN(due.getTime())
    ? []
    : slotsBetween(parseCron(cron, id), timezone ?? zone, new Date(due.getTime() - 1), due);
  const slot = slots.find((each) => slotName(each) === edition.slot);
  if (slot && due > now) {
    throw usage(
      `The time of ${editionName(edition)} has not come yet.`,
      'roi-report send makes an edition of today; --dry-run shows it.',
    );
  }
  if (slot) return { due, asOf: asOfDay(slot) };
  throw usage(
    `The ledger knows no edition ${editionName(edition)}, and the schedule has none at that time.`,
    'roi-report runs lists those it knows.',
  );
}

function usage(message: string, hint: string): ReportError {
  return new ReportError(message, { code: 'send-usage', exitCode: EXIT.usage, hint });
}
