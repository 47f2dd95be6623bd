import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, messageOf } from '../errors.js';
import type { Outcome, OutgoingMessage, Transport } from './transport.js';

/** What only the user can change; anything else, such as a full disk, may be gone at the next attempt. */
const FINAL = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENAMETOOLONG']);

/**
 * Puts each message into a folder as an .eml file, whole or not at all and for the eyes of this user only. The same message for the same
 * recipient is the same file, however often it is sent.
 */
export function outboxTransport(folder: string): Transport {
  return {
    channel: 'outbox',
    async send(message, signal) {
      if (signal.aborted) return { state: 'later', reason: 'stopped before the message was written' };
      const file = path.join(folder, fileName(message));
      const temporary = path.join(folder, `.${process.pid}-${randomUUID()}.part`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeDurably(temporary, message.raw);
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => {});
        return failed(folder, error);
      }
      try {
        message.handingOver();
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      try {
        await rename(temporary, file);
        await syncFolder(folder);
        return { state: 'sent', response: `written to ${file}` };
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => {});
        return failed(folder, error);
      }
    },
    async close() {},
  };
}

/** Readable and unique: `<message id>-<recipient>-<hash of both>.eml`, of plain characters only. */
function fileName({ messageId, to }: OutgoingMessage): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([messageId, to]))
    .digest('hex')
    .slice(0, 12);
  return [plain(messageId.replace(/@.*/s, '')), plain(to), `${hash}.eml`].filter(Boolean).join('-');
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '');
}

function failed(folder: string, error: unknown): Outcome {
  const reason = `the message cannot be written to ${folder}: ${messageOf(error)}`;
  if (!FINAL.has(errorCode(error))) return { state: 'later', reason };
  return {
    state: 'refused',
    reason,
    fix: 'Make the outbox a folder that this user may write, or configure delivery.smtp.',
  };
}

async function writeDurably(file: string, content: Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the file's name last where the system can; Windows opens no folders. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
