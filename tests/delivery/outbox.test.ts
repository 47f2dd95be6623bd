import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { outboxTransport } from '../../src/delivery/outbox.js';
import { outgoingMessage } from '../support/outgoing.js';
import { temporaryFolder } from '../support/temporary-folder.js';

let parent: string;
let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder: parent, remove } = await temporaryFolder());
  folder = path.join(parent, 'new', 'outbox');
});
afterEach(() => remove());

const never = new AbortController().signal;
const isRoot = process.getuid?.() === 0;

it('writes the message as it is, for this user only', async () => {
  const message = outgoingMessage();
  const outcome = await outboxTransport(folder).send(message, never);
  const [name = '', ...others] = await readdir(folder);
  expect(others).toEqual([]);
  expect(name).toMatch(/^weekly-2026-06-29-bo-bo-example-com-[0-9a-f]{12}\.eml$/);
  expect(outcome).toEqual({ state: 'sent', response: `written to ${path.join(folder, name)}` });
  expect((await readFile(path.join(folder, name))).equals(message.raw)).toBe(true);
  expect((await stat(path.join(folder, name))).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(message.handovers).toBe(1);
});

it('writes one file for one message however often it is sent, and one for each recipient', async () => {
  const transport = outboxTransport(folder);
  const later = Buffer.from('Subject: once more\r\n\r\n');
  for (const changes of [
    {},
    {},
    { raw: later },
    { to: 'anna@example.com' },
    { messageId: '<other@example.com>' },
  ]) {
    expect(await transport.send(outgoingMessage(changes), never)).toMatchObject({ state: 'sent' });
  }
  const names = await readdir(folder);
  expect(names).toHaveLength(3);
  const first = names.find((name) => name.startsWith('weekly-2026-06-29-bo-bo')) ?? '';
  expect((await readFile(path.join(folder, first))).equals(later)).toBe(true);
});

it.each([
  ['<../../etc/passwd@example.com>', '../../../bo@example.com'],
  ['<a/b\\c:d*e?"\0\r\n@example.com>', '"quoted name"@example.com'],
  [`<${'x'.repeat(900)}@example.com>`, `${'y'.repeat(900)}@example.com`],
  ['<.@example.com>', '.hidden@example.com'],
  ['', '💌@例え.jp'],
  ['<CON@example.com>', 'nul'],
])('writes %j for %j under a name that is safe', async (messageId, to) => {
  expect(await outboxTransport(folder).send(outgoingMessage({ messageId, to }), never)).toMatchObject({
    state: 'sent',
  });
  const [name = ''] = await readdir(folder);
  expect(name).toMatch(/^[a-z0-9][a-z0-9-]{0,140}\.eml$/);
  expect(await readdir(path.join(parent, 'new'))).toEqual(['outbox']);
});

it('keeps names apart that look the same when made safe', async () => {
  const transport = outboxTransport(folder);
  for (const to of ['a.b@example.com', 'a-b@example.com', 'A.b@example.com']) {
    await transport.send(outgoingMessage({ to }), never);
  }
  expect(await readdir(folder)).toHaveLength(3);
});

it('writes nothing where the handing over fails or a stop came before', async () => {
  const transport = outboxTransport(folder);
  const failure = new Error('the ledger is gone');
  const message = outgoingMessage({
    handingOver: () => {
      throw failure;
    },
  });
  await expect(transport.send(message, never)).rejects.toBe(failure);
  expect(await readdir(folder)).toEqual([]);
  expect(await transport.send(outgoingMessage(), AbortSignal.abort())).toMatchObject({ state: 'later' });
  expect(await readdir(folder)).toEqual([]);
});

it('hands over when the file is whole but not yet in its place', async () => {
  const { readdirSync, statSync } = await import('node:fs');
  const seen: [string, number][] = [];
  const message = outgoingMessage({
    handingOver: () => {
      for (const name of readdirSync(folder)) seen.push([name, statSync(path.join(folder, name)).size]);
    },
  });
  await outboxTransport(folder).send(message, never);
  expect(seen).toEqual([[expect.stringMatching(/^\..*\.part$/), message.raw.length]]);
});

it('refuses an outbox that is a file, with the way out', async () => {
  await mkdir(path.dirname(folder), { recursive: true });
  await writeFile(folder, '');
  const message = outgoingMessage();
  expect(await outboxTransport(folder).send(message, never)).toMatchObject({
    state: 'refused',
    reason: expect.stringContaining(folder),
    fix: expect.stringContaining('delivery.smtp'),
  });
  expect(message.handovers).toBe(0);
});

it.skipIf(isRoot)('refuses an outbox that may not be written', async () => {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o500);
  expect(await outboxTransport(folder).send(outgoingMessage(), never)).toMatchObject({ state: 'refused' });
});

it('puts off what cannot be moved into its place, and leaves nothing behind', async () => {
  const transport = outboxTransport(folder);
  await transport.send(outgoingMessage(), never);
  const [name = ''] = await readdir(folder);
  const { rm } = await import('node:fs/promises');
  await rm(path.join(folder, name));
  await mkdir(path.join(folder, name));
  expect(await transport.send(outgoingMessage(), never)).toMatchObject({ state: 'later' });
  expect(await readdir(folder)).toEqual([name]);
});
