import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { advanceRun } from '../../src/editions/advance-run.js';
import { sendNotices } from '../../src/editions/send-notices.js';
import { resendDeliveries } from '../../src/editions/take-up.js';
import { deliveriesOf } from '../../src/ledger/deliveries.js';
import { nextAttempt } from '../../src/ledger/next-attempt.js';
import { findRun } from '../../src/ledger/runs.js';
import { archiveEdition, EDITION, MONDAY_7, type Office, openOffice, PEOPLE } from '../support/office.js';
import {
  answer,
  at,
  type Behaviour,
  closedPort,
  drop,
  type SmtpServer,
  stall,
  startSmtpServer,
  takeAndDrop,
} from '../support/smtp-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const { folder, remove } = await temporaryFolder();
afterAll(remove);
const [ANNA, BO, CY] = PEOPLE as [string, string, string];
const OWNER = 'owner@example.com';
const HOUR = 3_600_000;
let number = 0;
let server: SmtpServer | undefined;
let office: Office;

afterEach(async () => {
  await office.transport.close();
  office.ledger.close();
  await server?.close();
  server = undefined;
});

async function open(behaviour: Behaviour): Promise<SmtpServer> {
  number += 1;
  server = await startSmtpServer(behaviour);
  office = openOffice(path.join(folder, String(number)), { port: server.port });
  archiveEdition(office);
  return server;
}

/** Tries again and again, the clock at each next attempt, until nothing waits; answers how often. */
async function toTheEnd(): Promise<number> {
  for (let rounds = 1; rounds < 50; rounds += 1) {
    await advanceRun(EDITION, null, 'wait', office);
    await sendNotices(office);
    const next = nextAttempt(office.ledger, EDITION);
    if (next === null) return rounds;
    expect(next.getTime()).toBeGreaterThan(office.clock.getTime());
    office.clock = next;
  }
  throw new Error('It never ends.');
}

const got = () => (server?.received ?? []).map(({ to }) => to).filter((to) => to !== OWNER);
const run = () => findRun(office.ledger, EDITION);
/** What the owner read. */
const read = () =>
  (server?.received ?? []).filter(({ to }) => to === OWNER).map(({ raw }) => raw.toString('latin1'));

describe('an edition for three', () => {
  it('goes out, once to each, with nothing to tell the owner', async () => {
    await open({});
    expect(await toTheEnd()).toBe(1);
    expect(got()).toEqual(PEOPLE);
    expect(office.states()).toEqual(['sent', 'sent', 'sent']);
    expect(run()).toMatchObject({ state: 'sent' });
    expect(office.notices()).toEqual([]);
    expect(await toTheEnd()).toBe(1);
    expect(got()).toEqual(PEOPLE);
  });

  it('goes to the other two when the server refuses one address', async () => {
    await open(at('RCPT', answer('550 5.1.1 No such user'), { to: BO }));
    expect(await toTheEnd()).toBe(1);
    expect(got()).toEqual([ANNA, CY]);
    expect(office.states()).toEqual(['sent', 'failed', 'sent']);
    expect(run()).toMatchObject({ state: 'partial' });
    expect(office.notices()).toEqual(['problem-0 sent']);
    expect(read()[0]).toContain('No such user');
  });

  it('is tried again where a server greylists, and only for whom it did', async () => {
    await open(at('RCPT', answer('450 4.2.0 Greylisted'), { to: BO, times: 2 }));
    expect(await toTheEnd()).toBe(3);
    expect(got()).toEqual([ANNA, CY, BO]);
    expect(office.states()).toEqual(['sent', 'sent', 'sent']);
    expect(deliveriesOf(office.ledger, EDITION).map(({ attempts }) => attempts)).toEqual([1, 3, 1]);
    expect(office.notices()).toEqual([]);
  });

  it('waits longer each time, and is given up at its deadline', async () => {
    await open(at('RCPT', answer('450 4.2.0 Greylisted')));
    const waits: number[] = [];
    for (let before = office.clock; run()?.state === 'delivering'; before = office.clock) {
      await advanceRun(EDITION, null, 'wait', office);
      const next = nextAttempt(office.ledger, EDITION);
      if (next === null) break;
      waits.push((next.getTime() - before.getTime()) / 60_000);
      office.clock = next;
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30, 30, 30, 30, 30]);
    expect(office.states()).toEqual(['failed', 'failed', 'failed']);
    expect(run()).toMatchObject({ state: 'failed' });
    expect(office.notices()).toEqual(['problem-0 pending']);
    expect(got()).toEqual([]);
  });

  it('is final at once where the server refuses a message', async () => {
    await open(at('dot', answer('554 5.7.1 Looks like spam'), { to: ANNA }));
    expect(await toTheEnd()).toBe(1);
    expect(office.states()).toEqual(['failed', 'sent', 'sent']);
    expect(got()).toEqual([BO, CY]);
    expect(read()[0]).toContain('Looks like spam');
  });

  it('is tried again where the server takes no message just now', async () => {
    await open(at('dot', answer('452 4.3.1 Disk full'), { times: 1 }));
    expect(await toTheEnd()).toBe(2);
    expect(office.states()).toEqual(['sent', 'sent', 'sent']);
    expect(got().sort()).toEqual(PEOPLE);
  });

  it.each([
    ['after connecting', 'connect'],
    ['at EHLO', 'EHLO'],
    ['at MAIL', 'MAIL'],
    ['at RCPT', 'RCPT'],
    ['before the message', 'DATA'],
  ] as const)('is tried again where the connection is lost %s', async (_when, phase) => {
    await open(at(phase, drop, { times: 1 }));
    expect(await toTheEnd()).toBe(2);
    expect(office.states()).toEqual(['sent', 'sent', 'sent']);
    expect(got().sort()).toEqual(PEOPLE);
  });

  it.each([
    ['and took it', takeAndDrop, 1],
    ['and did not take it', drop, 0],
    ['and says nothing', stall, 0],
  ] as const)('is unknown where the server had the whole message %s', async (_how, reaction, taken) => {
    await open(at('dot', reaction, { to: BO }));
    await toTheEnd();
    expect(office.states()).toEqual(['sent', 'unknown', 'sent']);
    expect(run()).toMatchObject({ state: 'partial' });
    expect(got().filter((to) => to === BO)).toHaveLength(taken);
    expect(office.notices()).toEqual(['problem-0 sent']);
    expect(read()[0]).toContain('deliveries resend');

    office.passes(24 * HOUR);
    await toTheEnd();
    expect(got().filter((to) => to === BO)).toHaveLength(taken);
  });

  it('is tried again where the server falls silent before the message', async () => {
    await open(at('RCPT', stall, { times: 1 }));
    expect(await toTheEnd()).toBe(2);
    expect(got().sort()).toEqual(PEOPLE);
  });

  it('waits for a server that is down, and the owner hears of it when it is back', async () => {
    const port = await closedPort();
    number += 1;
    office = openOffice(path.join(folder, String(number)), { port });
    archiveEdition(office);
    await toTheEnd();
    expect(office.states()).toEqual(['failed', 'failed', 'failed']);
    expect(office.notices()).toEqual(['problem-0 pending']);
    expect(office.told.join('\n')).toMatch(/owner@example.com could not be told/);

    server = await startSmtpServer();
    const back = openOffice(office.folder, { port: server.port });
    back.clock = new Date(office.clock.getTime() + HOUR);
    await sendNotices(back);
    expect(back.notices()).toEqual(['problem-0 sent']);
    expect(read()).toHaveLength(1);
    expect(got()).toEqual([]);
    back.ledger.close();
  });

  it('asks a server that is silent not once for each recipient', async () => {
    const smtp = await open(at('connect', stall));
    await advanceRun(EDITION, null, 'wait', office);
    expect(smtp.talks).toHaveLength(2);
    expect(office.states()).toEqual(['pending', 'pending', 'pending']);
    const attempts = deliveriesOf(office.ledger, EDITION).map(({ nextAttempt }) => nextAttempt);
    expect(new Set(attempts.map(String)).size).toBe(1);
  });

  it('is tried for those behind one whose connection is always lost', async () => {
    await open(at('RCPT', drop, { to: BO }));
    await advanceRun(EDITION, null, 'wait', office);
    expect(office.states()).toEqual(['sent', 'pending', 'sent']);
  });

  it('offers no message to a server without TLS where TLS is asked for', async () => {
    number += 1;
    server = await startSmtpServer();
    const smtp = { host: '127.0.0.1', port: server.port, security: 'starttls', timeoutSeconds: 1 };
    office = openOffice(path.join(folder, String(number)), {
      config: { delivery: { owner: OWNER, from: 'reports@example.com', smtp } },
    });
    archiveEdition(office);
    await toTheEnd();
    expect(office.states()).toEqual(['failed', 'failed', 'failed']);
    expect(deliveriesOf(office.ledger, EDITION)[0]?.result).toMatch(/TLS/);
    expect(office.notices()).toEqual(['problem-0 pending']);
    expect(server.received).toEqual([]);
  });
});

describe('what was sent', () => {
  it('is the archived message, byte for byte; one that was changed is not sent', async () => {
    await open({});
    const { file } = deliveriesOf(office.ledger, EDITION)[1] ?? { file: '' };
    writeFileSync(path.join(office.folder, file), 'To: bo@example.com\r\n\r\nsomething else\r\n');
    await toTheEnd();
    expect(office.states()).toEqual(['sent', 'failed', 'sent']);
    expect(got()).toEqual([ANNA, CY]);
    expect(read()[0]).toMatch(/was changed since/);
  });

  it('goes again to those who did not get it, when asked, with the same Message-ID', async () => {
    const smtp = await open(at('RCPT', answer('550 No such user'), { to: BO }));
    await toTheEnd();
    smtp.behaviour = {};
    resendDeliveries(EDITION, [], office);
    await toTheEnd();
    expect(office.states()).toEqual(['sent', 'sent', 'sent']);
    expect(got()).toEqual([ANNA, CY, BO]);
    expect(smtp.received.at(-1)?.raw.toString()).toContain(`Message-ID: <1.${EDITION.slot}@example.com>`);
  });

  it('goes again where it is unknown only to an address that is named', async () => {
    const smtp = await open(at('dot', drop, { to: BO }));
    await toTheEnd();
    smtp.behaviour = {};
    expect(() => resendDeliveries(EDITION, [], office)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining(BO) }),
    );
    expect(office.states()).toEqual(['sent', 'unknown', 'sent']);
    resendDeliveries(EDITION, [`Bo <${BO.toUpperCase()}>`], office);
    await toTheEnd();
    expect(office.states()).toEqual(['sent', 'sent', 'sent']);
    expect(() => resendDeliveries(EDITION, [BO], office)).toThrow(/has .* already/);
    expect(() => resendDeliveries(EDITION, ['nobody@example.com'], office)).toThrow(/no recipient/);
  });

  it('does not go out days later by itself; the owner is told, and may send it', async () => {
    const smtp = await open(at('RCPT', answer('450 Greylisted'), { to: BO }));
    await advanceRun(EDITION, null, 'wait', office);
    smtp.behaviour = {};
    office.passes(5 * 24 * HOUR);
    await toTheEnd();
    expect(office.states()).toEqual(['sent', 'failed', 'sent']);
    expect(read()[0]).toMatch(/its time was over/);
    resendDeliveries(EDITION, [], office);
    await toTheEnd();
    expect(got()).toEqual([ANNA, CY, BO]);
  });

  it('is dated by its last message, not by the start that noticed', async () => {
    await open({});
    await toTheEnd();
    office.ledger.exec("UPDATE runs SET state = 'delivering', finished = NULL");
    office.passes(10 * HOUR);
    await toTheEnd();
    expect(run()).toMatchObject({ state: 'sent', finished: MONDAY_7 });
  });

  it('stops between two messages when the process is asked to, and goes on at the next start', async () => {
    const smtp = await open({
      onPhase: (phase, { to }) => {
        if (phase === 'dot' && to.includes(ANNA)) office.stop.abort();
      },
    });
    await advanceRun(EDITION, null, 'wait', office);
    expect(office.states()).toEqual(['sent', 'pending', 'pending']);
    smtp.behaviour = {};
    const next = openOffice(office.folder, { port: smtp.port });
    await advanceRun(EDITION, null, 'wait', next);
    expect(got()).toEqual(PEOPLE);
    next.ledger.close();
  });
});
