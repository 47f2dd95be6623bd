import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import os from 'node:os';
import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

/** Who may ask: everything that is refused is refused before anything is read or computed. */
export interface GuardOptions {
  /** The host that the server is bound to, as it was given. */
  host: string;
  /** What everybody who asks has to know; null where only this machine can ask. */
  token: string | null;
}

const COOKIE = 'roi-report-preview';
const LONGEST_ADDRESS = 8_000;

/** Whether only this machine can reach a server that is bound to this host. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * Refuses what is not asked by a page of ours: another method than GET, a Host that is not ours (a foreign name that was pointed at this
 * machine), a foreign Origin, a request out of a foreign page, an address of any other length, a missing token.
 */
export function guard({ host, token }: GuardOptions): MiddlewareHandler {
  return async (c, next) => {
    const { method, url } = c.req;
    if (method !== 'GET' && method !== 'HEAD') {
      return c.text('Only GET is answered here.', 405, { Allow: 'GET, HEAD' });
    }
    if (url.length > LONGEST_ADDRESS) return c.text('The address is too long.', 414);
    const asked = c.req.header('host') ?? '';
    if (!isOurs(asked, host, token !== null)) {
      return c.text(`The preview is not at ${JSON.stringify(asked.slice(0, 80))}.`, 421);
    }
    const origin = c.req.header('origin');
    if (origin !== undefined && origin !== `http://${asked}`)
      return c.text('Foreign pages may not ask.', 403);
    if (!isAskedByUs(c.req.header('sec-fetch-site'), c.req.header('sec-fetch-dest'), c.req.path)) {
      return c.text('Foreign pages may not ask.', 403);
    }
    if (token !== null) {
      const given = c.req.query('token');
      if (given !== undefined && c.req.path === '/' && isSame(given, token)) {
        setCookie(c, COOKIE, token, { httpOnly: true, sameSite: 'Lax', path: '/' });
        const rest = new URL(url);
        rest.searchParams.delete('token');
        return c.redirect(`/${rest.search}`, 303);
      }
      if (!isSame(getCookie(c, COOKIE) ?? '', token)) {
        return c.text('Open the address that roi-report preview printed; it holds the token.', 401);
      }
    }
    return next();
  };
}

/** With a token, a foreign name gains nothing, but one that is no address of this machine is refused all the same. */
function isOurs(asked: string, bound: string, hasToken: boolean): boolean {
  const name = asked
    .replace(/:\d{1,5}$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
  if (isLoopback(name) || name === bound.toLowerCase()) return true;
  return hasToken && (isIP(name) !== 0 || name === os.hostname().toLowerCase());
}

/** Browsers say where a request comes from: a link elsewhere may open the page, and nothing else. */
function isAskedByUs(site: string | undefined, destination: string | undefined, path: string): boolean {
  if (site === undefined || site === 'same-origin' || site === 'none') return true;
  return path === '/' && destination === 'document';
}

function isSame(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
