import { createServer, type IncomingMessage, type Server } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { EXIT, errorCode, messageOf, ReportError } from '../errors.js';
import { METRICS_TYPE, metricsText } from './metrics.js';
import { statusOf, type Watched } from './status.js';

/** Where the health endpoint listens. */
export interface HealthAddress {
  host: string;
  /** 0 lets the system choose one. */
  port: number;
}

interface Answer {
  code: number;
  type: string;
  body: string;
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');
const RECEIVE_MS = 5_000;
const IDLE_MS = 10_000;
const MAX_CONNECTIONS = 20;

/**
 * Reads `[host:]port`, such as `9464`, `0.0.0.0:9464` or `[::1]:9464`. Without a host it is this machine alone.
 * @throws ReportError `health-address` for anything else
 */
export function parseHealthAddress(text: string): HealthAddress {
  const [, bracketed, name, digits = ''] =
    /^(?:(?:\[([^[\]]+)\]|([a-z0-9][a-z0-9.-]*)):)?(\d{1,5})$/i.exec(text.trim()) ?? [];
  const port = Number(digits);
  if (digits === '' || port > 65_535 || (bracketed !== undefined && !isIPv6(bracketed))) {
    throw new ReportError(`"${text}" is not an address for the health endpoint.`, {
      code: 'health-address',
      exitCode: EXIT.usage,
      hint: 'Give a port from 0 to 65535, with a host before it where others may ask: 9464, 0.0.0.0:9464 or [::1]:9464.',
    });
  }
  return { host: bracketed ?? name ?? '127.0.0.1', port };
}

/**
 * Answers `GET /health` (JSON; 200, or 503 where the service is stuck) and `GET /metrics` (Prometheus) until it is closed. On an address
 * of this machine alone it answers only what asks for this machine by name, so that no web page can read it through a browser.
 *
 * @returns the port, and what ends it together with its connections
 * @throws ReportError `health-listen` where it cannot listen, such as on a port in use
 */
export async function serveHealth(
  { host, port }: HealthAddress,
  watched: Watched,
): Promise<{ port: number; close(): Promise<void> }> {
  let localOnly = true;
  const server = createServer(
    {
      headersTimeout: RECEIVE_MS,
      requestTimeout: RECEIVE_MS,
      connectionsCheckingInterval: RECEIVE_MS,
      maxHeaderSize: 8192,
    },
    async (request, response) => {
      const { code, type, body } = refusal(request, localOnly) ?? (await answer(request.url ?? '', watched));
      response.writeHead(code, {
        'Content-Type': type,
        'Content-Length': Buffer.byteLength(body),
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
        Connection: 'close',
        ...(code === 405 ? { Allow: 'GET, HEAD' } : {}),
      });
      response.end(request.method === 'HEAD' ? undefined : body);
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  server.setTimeout(IDLE_MS);
  const bound = await listen(server, { host, port });
  localOnly = isLoopback(bound.address);
  return {
    port: bound.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(url: string, watched: Watched): Promise<Answer> {
  const [path] = url.split('?');
  if (path === '/health') {
    const status = statusOf(watched);
    const code = status.status === 'stuck' ? 503 : 200;
    return { code, type: 'application/json; charset=utf-8', body: `${JSON.stringify(status)}\n` };
  }
  if (path !== '/metrics') return plain(404, 'There are /health and /metrics.');
  try {
    return { code: 200, type: METRICS_TYPE, body: await metricsText(watched) };
  } catch {
    return plain(503, 'The ledger cannot be read.');
  }
}

function refusal({ method, headers }: IncomingMessage, localOnly: boolean): Answer | null {
  if (localOnly && !isLoopback(hostOf(headers.host ?? ''))) {
    return plain(421, 'This address answers to localhost alone.');
  }
  return method === 'GET' || method === 'HEAD' ? null : plain(405, 'Only GET and HEAD are answered.');
}

/** The host of a Host header, without port and brackets. */
function hostOf(header: string): string {
  const [, bracketed, name = ''] = /^(?:\[([^[\]]*)\]|([^:]*))(?::\d*)?$/.exec(header) ?? [];
  return bracketed ?? name;
}

function isLoopback(host: string): boolean {
  if (isIP(host) === 0) return host.toLowerCase() === 'localhost';
  return LOOPBACK.check(host, isIPv6(host) ? 'ipv6' : 'ipv4');
}

function plain(code: number, text: string): Answer {
  return { code, type: 'text/plain; charset=utf-8', body: `${text}\n` };
}

async function listen(
  server: Server,
  { host, port }: HealthAddress,
): Promise<{ address: string; port: number }> {
  const place = isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(place, error)));
    server.listen(port, host, resolve);
  });
  // A connection that cannot be accepted is the caller's loss, not the end of the service.
  server.on('error', () => {});
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error(`${place} is no address of a network.`);
  return bound;
}

function cannotListen(place: string, error: Error): ReportError {
  const inUse = errorCode(error) === 'EADDRINUSE';
  const reason = inUse ? 'the port is in use' : messageOf(error);
  return new ReportError(`The health endpoint cannot listen on ${place}: ${reason}.`, {
    code: 'health-listen',
    exitCode: EXIT.usage,
    hint: inUse
      ? 'Another roi-report schedule may be running here: stop it, or choose another port with --health.'
      : 'Choose a host of this machine and a port above 1023 with --health, such as 127.0.0.1:9464.',
    cause: error,
  });
}
