import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ledger, openLedger } from '../../src/ledger/open-ledger.js';
import {
  archivedBefore,
  lastSentFacts,
  newestRuns,
  runsOfDay,
  runsToAlarmFor,
  unfinishedRuns,
} from '../../src/ledger/run-lists.js';
import {
  consideredUntil,
  findRun,
  type NewRun,
  openRun,
  recordSlots,
  updateRun,
} from '../../src/ledger/runs.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const { folder, remove } = await temporaryFolder();
afterAll(remove);
const MONDAY = new Date('2026-06-29T05:00:00Z');
const at = (hours: number) => new Date(MONDAY.getTime() + hours * 3_600_000);
let ledger: Ledger;
let number = 0;

beforeEach(() => {
  number += 1;
  ledger = openLedger(`${folder}/${number}`);
});
afterEach(() => ledger.close());

function run(slot: string, changes: Partial<NewRun> = {}): NewRun {
  return {
    schedule: 'weekly',
    slot,
    due: MONDAY,
    asOf: '2026-06-29',
    deadline: at(4),
    giveUp: at(4),
    expires: at(24),
    ...changes,
  };
}

describe('recordSlots', () => {
  it('opens a run once, whoever decides first', () => {
    const other = openLedger(`${folder}/${number}`);
    // Both have read that nothing was considered; then each records what it decided.
    expect([consideredUntil(ledger, 'weekly'), consideredUntil(other, 'weekly')]).toEqual([null, null]);
    const decided = { due: run('a'), skipped: [], considered: MONDAY };
    expect(recordSlots(ledger, 'weekly', decided, MONDAY).opened).toBe(true);
    expect(recordSlots(other, 'weekly', decided, MONDAY).opened).toBe(false);
    expect(newestRuns(ledger, 'weekly', 10)).toHaveLength(1);
    other.close();
  });

  it('remembers up to when a schedule was looked at', () => {
    const decide = (considered: Date) =>
      recordSlots(ledger, 'weekly', { due: null, skipped: [], considered }, considered);
    decide(at(-5));
    decide(at(2));
    expect(consideredUntil(ledger, 'weekly')).toEqual(at(2));
    expect(consideredUntil(ledger, 'monthly')).toBeNull();
  });

  it('records what is skipped with its reason, once', () => {
    const skipped = [{ ...run('old'), reason: 'superseded by the edition of today' }];
    const record = () => recordSlots(ledger, 'weekly', { due: null, skipped, considered: MONDAY }, MONDAY);
    expect(record().skipped).toHaveLength(1);
    expect(record().skipped).toHaveLength(0);
    expect(findRun(ledger, run('old'))).toMatchObject({
      state: 'skipped',
      reason: 'superseded by the edition of today',
      finished: MONDAY,
    });
    expect(unfinishedRuns(ledger)).toEqual([]);
  });
});

describe('a run', () => {
  it('is opened once and keeps what it was opened with', () => {
    expect(openRun(ledger, run('a'), MONDAY)).toBe(true);
    expect(openRun(ledger, run('a', { asOf: '2026-01-01' }), at(1))).toBe(false);
    expect(findRun(ledger, run('a'))).toEqual({
      schedule: 'weekly',
      slot: 'a',
      due: MONDAY,
      asOf: '2026-06-29',
      state: 'due',
      deadline: at(4),
      giveUp: at(4),
      expires: at(24),
      attempts: 0,
      nextAttempt: null,
      reason: null,
      facts: null,
      alarmed: false,
      archived: false,
      created: MONDAY,
      finished: null,
    });
    expect(findRun(ledger, run('b'))).toBeNull();
  });

  it('changes what is named and nothing else', () => {
    openRun(ledger, run('a'), MONDAY);
    updateRun(ledger, run('a'), { state: 'held', reason: 'stale', nextAttempt: at(1), attempts: 1 });
    updateRun(ledger, run('a'), { facts: { rows: 7 }, alarmed: true, archived: true });
    updateRun(ledger, run('a'), { nextAttempt: null });
    expect(findRun(ledger, run('a'))).toMatchObject({
      state: 'held',
      reason: 'stale',
      nextAttempt: null,
      attempts: 1,
      facts: { rows: 7 },
      alarmed: true,
      archived: true,
    });
  });

  it('refuses a state that does not exist', () => {
    openRun(ledger, run('a'), MONDAY);
    expect(() => updateRun(ledger, run('a'), { state: 'done' as 'sent' })).toThrow(/CHECK/);
  });
});

describe('questions', () => {
  it('lists unfinished runs, the oldest first', () => {
    openRun(ledger, run('b', { due: at(24) }), MONDAY);
    openRun(ledger, run('a'), MONDAY);
    openRun(ledger, run('c'), MONDAY);
    updateRun(ledger, run('c'), { state: 'sent' });
    expect(unfinishedRuns(ledger).map(({ slot }) => slot)).toEqual(['a', 'b']);
    expect(newestRuns(ledger, null, 1).map(({ slot }) => slot)).toEqual(['b']);
    expect(runsOfDay(ledger, 'weekly', '2026-06-29')).toHaveLength(3);
    expect(runsOfDay(ledger, 'weekly', '2026-06-30')).toEqual([]);
  });

  it('compares with the newest edition that reached somebody, never with itself', () => {
    for (const [slot, hours, state] of [
      ['a', -336, 'sent'],
      ['b', -168, 'failed'],
      ['c', 0, 'sent'],
    ] as const) {
      openRun(ledger, run(slot, { due: at(hours) }), MONDAY);
      updateRun(ledger, run(slot), { state, facts: { rows: 100 + hours } });
    }
    expect(lastSentFacts(ledger, run('c'))).toEqual({ rows: 100 - 336 });
    expect(lastSentFacts(ledger, run('d'))).toEqual({ rows: 100 });
    expect(lastSentFacts(ledger, { schedule: 'other', slot: 'c' })).toBeNull();
  });

  it('alarms for what is late or was skipped, until it is marked', () => {
    openRun(ledger, run('late'), MONDAY);
    openRun(ledger, run('early', { deadline: at(9) }), MONDAY);
    openRun(ledger, run('sent-late'), MONDAY);
    openRun(ledger, run('sent-in-time'), MONDAY);
    openRun(ledger, run('failed'), MONDAY);
    updateRun(ledger, run('sent-late'), { state: 'sent', finished: at(5) });
    updateRun(ledger, run('sent-in-time'), { state: 'sent', finished: at(4) });
    updateRun(ledger, run('failed'), { state: 'failed', finished: at(1) });
    const skipped = [{ ...run('skipped'), reason: 'too late' }];
    recordSlots(ledger, 'weekly', { due: null, skipped, considered: MONDAY }, MONDAY);
    const slots = () =>
      runsToAlarmFor(ledger, at(8))
        .map(({ slot }) => slot)
        .sort();
    expect(slots()).toEqual(['late', 'sent-late', 'skipped']);
    updateRun(ledger, run('late'), { alarmed: true });
    expect(slots()).toEqual(['sent-late', 'skipped']);
  });

  it('finds what is kept too long, not what is still on its way', () => {
    for (const state of ['sent', 'delivering', 'failed'] as const) {
      openRun(ledger, run(state), MONDAY);
      updateRun(ledger, run(state), { state, archived: true });
    }
    expect(archivedBefore(ledger, at(1)).map(({ slot }) => slot)).toEqual(['sent', 'failed']);
    expect(archivedBefore(ledger, at(-1))).toEqual([]);
  });
});
