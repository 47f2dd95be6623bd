import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deliveriesOf } from '../../src/ledger/deliveries.js';
import { noticesOf } from '../../src/ledger/notices.js';
import { findRun } from '../../src/ledger/runs.js';
import { packageRoot } from '../../src/package-root.js';
import { archiveEdition, EDITION, openOffice, PEOPLE } from '../support/office.js';
import { startSmtpServer } from '../support/smtp-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const OWNER = 'owner@example.com';
const { dependencies } = JSON.parse(await readFile(path.join(packageRoot, 'package.json'), 'utf8'));
const { folder, remove } = await temporaryFolder();
afterAll(remove);
const program = path.join(folder, 'deliver-program.mjs');

beforeAll(async () => {
  await symlink(path.join(packageRoot, 'node_modules'), path.join(folder, 'node_modules'));
  await build({
    entryPoints: [path.join(packageRoot, 'tests/support/deliver-program.ts')],
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    // What most starts need is in one file, and the rest is read only where a notice is written.
    external: Object.keys(dependencies).filter((name) => name !== 'zod' && name !== 'nodemailer'),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    define: { 'import.meta.url': JSON.stringify(`file://${packageRoot}/src/package-root.js`) },
  });
});

/** Runs the program once; answers whether it was killed. */
async function runs(office: string, port: number, deadlyStep: number): Promise<boolean> {
  const child = spawn(process.execPath, [program, office, String(port), String(deadlyStep)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (text) => {
    complaint += text;
  });
  const [code, signal] = await once(child, 'close');
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(complaint);
  return signal === 'SIGKILL';
}

/** Sends an edition for three with a process that is killed at the given steps, one after the other, then left alone. */
async function edition(number: number, deadlySteps: readonly number[]): Promise<number> {
  const server = await startSmtpServer();
  const office = openOffice(path.join(folder, String(number)), { port: server.port });
  try {
    archiveEdition(office, PEOPLE, 100_000);
    let kills = 0;
    for (const step of deadlySteps) {
      if (!(await runs(office.folder, server.port, step))) break;
      kills += 1;
    }
    expect(await runs(office.folder, server.port, 0)).toBe(false);
    await Promise.all(server.talks.map(({ over }) => over));

    const deliveries = deliveriesOf(office.ledger, EDITION);
    for (const { recipient, state, result } of deliveries) {
      const copies = server.received.filter(({ to }) => to === recipient).length;
      expect(['sent', 'unknown'], `${recipient}: ${result}`).toContain(state);
      if (state === 'sent') expect(copies, `${recipient}, killed at ${deadlySteps}`).toBe(1);
      else expect(copies, `${recipient}, killed at ${deadlySteps}`).toBeLessThanOrEqual(1);
    }
    const unknown = deliveries.filter(({ state }) => state === 'unknown');
    for (const { handedOver } of unknown) expect(handedOver).not.toBeNull();
    expect(findRun(office.ledger, EDITION)?.state).toBe(unknown.length === 0 ? 'sent' : 'partial');
    const told = server.received.filter(({ to }) => to === OWNER).map(({ raw }) => raw.toString('latin1'));
    if (unknown.length === 0) expect(told).toEqual([]);
    else {
      expect(noticesOf(office.ledger, EDITION).map(({ state }) => state)).toEqual(['sent']);
      expect(told.length).toBeGreaterThan(0);
      for (const { recipient } of unknown) expect(told[0]).toContain(recipient);
    }
    return kills;
  } finally {
    await office.transport.close();
    office.ledger.close();
    await server.close();
  }
}

/** Numbers that look random and are the same in every run. */
function* steps(seed: number, most: number): Generator<number> {
  for (let state = seed; ; state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) {
    yield 1 + (Math.floor(state / 65_536) % most);
  }
}

it('killed at any step again and again, everybody gets it once, or it is unknown and the owner is told', async () => {
  const random = steps(20_261_123, 50);
  const next = () => random.next().value as number;
  let started = 0;
  let kills = 0;
  const worker = async () => {
    while (kills < 200) {
      started += 1;
      const more = await edition(started, Array.from({ length: 8 }, next));
      kills += more;
    }
  };
  await Promise.all([worker(), worker()]);
  expect(kills).toBeGreaterThanOrEqual(200);
}, 600_000);
