import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { type Phase, startSmtpServer } from '../support/smtp-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Sends one message; says `handing over`, as a ledger would, before it does, and dies there when told so. */
const PROGRAM = `
  import { writeSync } from 'node:fs';
  import { smtpTransport } from './src/delivery/smtp-transport.js';
  const [port, size, deadly] = process.argv.slice(2).map(Number);
  const transport = smtpTransport({ host: '127.0.0.1', port, security: 'none', timeoutSeconds: 20 }, null);
  const outcome = await transport.send({
    raw: Buffer.from('Subject: x\\r\\n\\r\\n' + 'x'.repeat(size) + '\\r\\nthe end\\r\\n'),
    from: 'report@example.com',
    to: 'bo@example.com',
    messageId: '<1@example.com>',
    handingOver() {
      writeSync(1, 'handing over\\n');
      if (deadly) process.kill(process.pid, 'SIGKILL');
    },
  }, new AbortController().signal);
  writeSync(1, outcome.state + '\\n');
`;

let program: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  const made = await temporaryFolder();
  remove = made.remove;
  program = path.join(made.folder, 'program.mjs');
  await build({
    stdin: { contents: PROGRAM, resolveDir: packageRoot, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
  });
});
afterAll(() => remove());

async function run(size: number, moment: Phase | 'handing over' | undefined) {
  let child: ChildProcess | undefined;
  const server = await startSmtpServer({
    onPhase: (phase) => {
      if (phase === moment) child?.kill('SIGKILL');
    },
  });
  child = spawn(process.execPath, [
    program,
    String(server.port),
    String(size),
    moment === 'handing over' ? '1' : '0',
  ]);
  let said = '';
  child.stdout?.on('data', (text) => {
    said += text;
  });
  await once(child, 'close');
  await server.talks[0]?.over;
  await server.close();
  return { said, received: server.received.length, heard: server.talks[0]?.heard ?? '' };
}

it.each([10, 1_000_000])(
  'killed while it hands over %i bytes, it has sent neither the last ones nor the dot',
  async (size) => {
    const { said, received, heard } = await run(size, 'handing over');
    expect(said).toBe('handing over\n');
    expect(received).toBe(0);
    expect(heard).toContain('DATA\r\n');
    expect(heard).not.toMatch(/the end|\r\n\.\r\n/);
  },
);

it.each(['connect', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'inside', 'dot', 'answered'] as const)(
  'killed at %s, nothing was taken of which the handing over was not told',
  async (moment) => {
    for (const size of [10, 1_000_000]) {
      const { said, received } = await run(size, moment);
      const told = said.includes('handing over') ? 1 : 0;
      expect(received).toBeLessThanOrEqual(told);
      if (moment === 'dot' || moment === 'answered') expect(told).toBe(1);
      if (moment === 'connect' || moment === 'MAIL' || moment === 'RCPT') expect(told).toBe(0);
    }
  },
);

it('left alone, it sends once', async () => {
  expect(await run(1_000_000, undefined)).toMatchObject({ said: 'handing over\nsent\n', received: 1 });
});
