import { countNotices, overdueEditions } from '../ledger/counts.js';
import { editionName } from '../ledger/edition.js';
import type { Ledger } from '../ledger/open-ledger.js';
import { newestRuns } from '../ledger/run-lists.js';
import type { RunState } from '../ledger/runs.js';
import { nextSlots, slotName } from '../schedule/slots.js';
import type { PlannedSchedule } from './planned-schedule.js';

/** The latest round of the service's loop. */
export interface Round {
  begun: Date;
  /** null, or the end of the round before, while it is at work. */
  ended: Date | null;
  /** What failed in the latest rounds though it should not. */
  failures: string[];
}

/** What the state of the service is read from. */
export interface Watched {
  ledger: Ledger;
  schedules: readonly Pick<PlannedSchedule, 'id' | 'cron' | 'zone'>[];
  now(): Date;
  /** Kept up to date by the loop. */
  lastTick: Round;
}

/** The state of the service, without addresses and without anything of the data. */
export interface Status {
  /** attention: it runs, but an edition or a notice did not go out · stuck: it does not run, or does not know what it did */
  status: 'ok' | 'attention' | 'stuck';
  /** Why it is stuck; null where it is not. */
  problem: string | null;
  /** `ended` is null while the loop is at work. */
  lastTick: Omit<Round, 'failures'>;
  schedules: {
    id: string;
    last: { edition: string; state: RunState; finished: Date | null } | null;
    next: { slot: string; instant: Date; local: string; zone: string } | null;
  }[];
  pendingNotices: number;
  /** Names of the editions that are not out though their deadline has passed. */
  overdue: string[];
}

const MINUTE = 60_000;
const CLOCK_LIMIT = 2 * MINUTE;
const IDLE_LIMIT = 5 * MINUTE;
/** Hundreds of PDFs, and a mail server that lets each connection run into its timeout, take hours. */
const WORK_LIMIT = 6 * 60 * MINUTE;
const TROUBLED: readonly RunState[] = ['held', 'partial', 'failed', 'skipped'];

/** Reads the state of the service; a ledger that cannot be read is a state too. */
export function statusOf({ ledger, schedules, now, lastTick: { begun, ended, failures } }: Watched): Status {
  const moment = now();
  const round = { begun, ended: ended !== null && ended >= begun ? ended : null };
  const problem =
    failures.length > 0 ? 'The latest round failed; the log says why.' : problemOf(round, moment);
  try {
    const pendingNotices = countNotices(ledger).pending;
    const overdue = overdueEditions(ledger, moment).map(editionName);
    const states = schedules.map((schedule) => ({
      id: schedule.id,
      last: lastOf(ledger, schedule.id),
      next: nextOf(schedule, moment),
    }));
    const troubled =
      pendingNotices > 0 ||
      overdue.length > 0 ||
      states.some(({ last }) => last !== null && TROUBLED.includes(last.state));
    const status = problem !== null ? 'stuck' : troubled ? 'attention' : 'ok';
    return { status, problem, lastTick: round, schedules: states, pendingNotices, overdue };
  } catch {
    const unreadable = 'The ledger cannot be read.';
    return {
      status: 'stuck',
      problem: unreadable,
      lastTick: round,
      schedules: [],
      pendingNotices: 0,
      overdue: [],
    };
  }
}

function problemOf({ begun, ended }: Omit<Round, 'failures'>, now: Date): string | null {
  const since = (moment: Date) => now.getTime() - moment.getTime();
  if (since(ended ?? begun) < -CLOCK_LIMIT)
    return 'The latest round lies in the future: the clock was put back.';
  if (ended === null) {
    return since(begun) > WORK_LIMIT ? 'A round of the loop has been at work for over 6 hours.' : null;
  }
  return since(ended) > IDLE_LIMIT ? 'The loop has not come round for over 5 minutes.' : null;
}

function lastOf(ledger: Ledger, schedule: string): Status['schedules'][number]['last'] {
  const [run] = newestRuns(ledger, schedule, 1);
  return run === undefined ? null : { edition: editionName(run), state: run.state, finished: run.finished };
}

function nextOf(
  { cron, zone }: Pick<PlannedSchedule, 'cron' | 'zone'>,
  now: Date,
): Status['schedules'][number]['next'] {
  const [slot] = nextSlots(cron, zone, now, 1);
  return slot === undefined ? null : { slot: slotName(slot), instant: slot.instant, local: slot.local, zone };
}
