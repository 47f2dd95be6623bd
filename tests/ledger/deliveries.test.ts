import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import {
  addDeliveries,
  beginAttempt,
  deliveriesOf,
  finishAttempt,
  isFinal,
  markHandedOver,
  recoverInterrupted,
  reopenDelivery,
} from '../../src/ledger/deliveries.js';
import { nextAttempt } from '../../src/ledger/next-attempt.js';
import { atOnce, type Ledger, openLedger } from '../../src/ledger/open-ledger.js';
import { openRun, updateRun } from '../../src/ledger/runs.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const { folder, remove } = await temporaryFolder();
afterAll(remove);
const NOW = new Date('2026-06-29T05:00:00Z');
const LATER = new Date('2026-06-29T05:01:00Z');
const edition = { schedule: 'weekly', slot: '2026-06-29T0700+0200' };
const anna = { ...edition, recipient: 'anna@example.com', channel: 'email' as const };
const bo = { ...anna, recipient: 'bo@example.com' };
let ledger: Ledger;
let number = 0;

beforeEach(() => {
  number += 1;
  ledger = openLedger(`${folder}/${number}`);
  openRun(
    ledger,
    { ...edition, due: NOW, asOf: '2026-06-29', deadline: LATER, giveUp: LATER, expires: LATER },
    NOW,
  );
  updateRun(ledger, edition, { state: 'delivering' });
  addDeliveries(ledger, edition, [anna, bo].map(message), NOW);
});
afterEach(() => ledger.close());

function message({ recipient, channel }: typeof anna) {
  return { recipient, channel, messageId: `<${recipient}>`, file: 'a.eml', sha256: 'f'.repeat(64), bytes: 9 };
}
const states = () => deliveriesOf(ledger, edition).map(({ state }) => state);

it('sends each message by one attempt at a time', () => {
  expect(states()).toEqual(['pending', 'pending']);
  expect(beginAttempt(ledger, anna, NOW)).toBe(true);
  expect(beginAttempt(ledger, anna, NOW)).toBe(false);
  markHandedOver(ledger, anna, LATER);
  finishAttempt(ledger, anna, { state: 'sent', result: '250 OK' }, LATER);
  expect(deliveriesOf(ledger, edition)[0]).toMatchObject({
    state: 'sent',
    attempts: 1,
    handedOver: LATER,
    result: '250 OK',
    changed: LATER,
  });
  expect(beginAttempt(ledger, anna, NOW)).toBe(false);
  expect(states()).toEqual(['sent', 'pending']);
});

it('waits for its next attempt after a failure that may pass', () => {
  beginAttempt(ledger, anna, NOW);
  finishAttempt(ledger, anna, { state: 'pending', result: '450 later', nextAttempt: LATER }, NOW);
  expect(deliveriesOf(ledger, edition)[0]).toMatchObject({ state: 'pending', nextAttempt: LATER });
  beginAttempt(ledger, bo, NOW);
  finishAttempt(ledger, bo, { state: 'sent', result: '250' }, NOW);
  expect(nextAttempt(ledger, edition)).toEqual(LATER);
  expect(nextAttempt(ledger, { ...edition, slot: 'other' })).toBeNull();
});

it('tells after an interruption what may have arrived from what cannot', () => {
  beginAttempt(ledger, anna, NOW);
  beginAttempt(ledger, bo, NOW);
  markHandedOver(ledger, bo, NOW);
  recoverInterrupted(ledger, edition, LATER);
  expect(states()).toEqual(['pending', 'unknown']);
  expect(deliveriesOf(ledger, edition).map(isFinal)).toEqual([false, true]);
});

it('does not take an older hand-over for one of the latest attempt', () => {
  beginAttempt(ledger, anna, NOW);
  markHandedOver(ledger, anna, NOW);
  finishAttempt(ledger, anna, { state: 'pending', result: '451 after DATA', nextAttempt: NOW }, NOW);
  beginAttempt(ledger, anna, LATER);
  recoverInterrupted(ledger, edition, LATER);
  expect(states()[0]).toBe('pending');
});

it('is taken up again only where it failed or is unknown', () => {
  expect(reopenDelivery(ledger, anna, NOW)).toBe(false);
  for (const state of ['failed', 'unknown'] as const) {
    beginAttempt(ledger, anna, NOW);
    finishAttempt(ledger, anna, { state, result: 'no' }, NOW);
    expect(reopenDelivery(ledger, anna, NOW)).toBe(true);
    expect(deliveriesOf(ledger, edition)[0]).toMatchObject({ state: 'pending', attempts: 0 });
  }
  beginAttempt(ledger, anna, NOW);
  finishAttempt(ledger, anna, { state: 'sent', result: '250' }, NOW);
  expect(reopenDelivery(ledger, anna, NOW)).toBe(false);
});

it('keeps all of several writes, or none', () => {
  const third = { ...anna, recipient: 'cy@example.com' };
  expect(() => atOnce(ledger, () => addDeliveries(ledger, edition, [third, anna].map(message), NOW))).toThrow(
    /UNIQUE/,
  );
  expect(deliveriesOf(ledger, edition)).toHaveLength(2);
});
