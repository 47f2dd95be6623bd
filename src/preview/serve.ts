import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import { createAdaptorServer } from '@hono/node-server';
import { startDrawingThreads } from '../charts/drawing-threads.js';
import type { Effects } from '../effects.js';
import { EXIT, errorCode, messageOf, ReportError } from '../errors.js';
import { launchBrowser } from '../render/browser/launch.js';
import { previewApp } from './app.js';
import { openDocuments } from './documents.js';
import { isLoopback } from './guard.js';
import { type LiveInputs, openLive } from './live.js';

export interface ServeOptions extends LiveInputs {
  /** The host to bind to; any other than this machine's own needs a token. */
  host: string;
  /** 0 takes any that is free. */
  port: number;
  /** What everybody who asks has to know; made up where others can ask and none is given. */
  token?: string;
}

/** A preview that answers. */
export interface Serving {
  /** Where it is, with the token where one is needed. */
  address: string;
  close(): Promise<void>;
}

const DRAWING_THREADS = 2;
/** Hosts that mean every address of this machine and are none themselves. */
const WILDCARDS: readonly string[] = ['0.0.0.0', '::'];

/**
 * Loads the data and serves the preview of their report until it is closed.
 *
 * @throws ReportError where the data cannot be read, or `no-port` (exit code 2) where the address cannot be bound
 */
export async function servePreview(options: ServeOptions, effects: Effects): Promise<Serving> {
  const { host, port } = options;
  const token = options.token ?? (isLoopback(host) ? null : randomBytes(16).toString('hex'));
  const threads = startDrawingThreads(DRAWING_THREADS);
  const quiet = { ...effects, progress: () => {} };
  const live = await openLive(options, quiet).catch(async (error: unknown) => {
    await threads.close();
    throw error;
  });
  const documents = openDocuments(live, options, threads, () => launchBrowser(quiet), quiet);
  const warn = (line: string) => {
    // Whoever ends the preview has not found a bug.
    if (!effects.signal.aborted) effects.warn(line);
  };
  const app = previewApp(live, documents, { host, token }, warn);
  const server = createAdaptorServer({ fetch: app.fetch });
  const close = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    if ('closeAllConnections' in server) server.closeAllConnections();
    await closed;
    await documents.close();
    await live.close();
    await threads.close();
  };
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    await close();
    throw cannotBind(host, port, error);
  }
  // Whoever opens the page finds its first report made, and the machinery warm.
  documents.shown(new URLSearchParams(), effects.signal).catch(() => {});
  const bound = (server.address() as AddressInfo).port;
  const name = WILDCARDS.includes(host) ? os.hostname() : host.includes(':') ? `[${host}]` : host;
  return {
    address: `http://${name}:${bound}/${token === null ? '' : `?token=${encodeURIComponent(token)}`}`,
    close,
  };
}

function cannotBind(host: string, port: number, error: unknown): ReportError {
  const isTaken = errorCode(error) === 'EADDRINUSE';
  return new ReportError(
    isTaken
      ? `Port ${port} of ${host} is taken by another program.`
      : `The preview cannot be served at ${host}, port ${port}: ${messageOf(error)}.`,
    {
      code: 'no-port',
      exitCode: EXIT.usage,
      hint: isTaken
        ? 'Name another with --port; --port 0 takes any that is free.'
        : 'Leave --host out to serve this machine only.',
      cause: error,
    },
  );
}
