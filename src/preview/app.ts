import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { streamSSE } from 'hono/streaming';
import { messageOf } from '../errors.js';
import { createFormat } from '../format/format.js';
import { editionName } from '../output/edition.js';
import { statusOf, type ToldError, told } from './answers.js';
import { asset } from './assets.js';
import type { Documents } from './documents.js';
import { downloads } from './downloads.js';
import { fontNamed } from './fonts.js';
import { type GuardOptions, guard } from './guard.js';
import type { Live } from './live.js';
import { stateOf } from './state.js';

/** The page's own policy: nothing but what this server gives. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const RANKINGS = [
  { value: 'revenue', label: 'Revenue' },
  { value: 'likes', label: 'Likes' },
  { value: 'engagement', label: 'Engagement rate' },
];
const FORMATS = ['pdf', 'html', 'xlsx', 'csv', 'json'];
/** A stream that says nothing for long is cut by what stands between. */
const HEARTBEAT_MS = 15_000;

/**
 * The preview as an HTTP application. All state is in the addresses; `documents` and `live` do the work.
 *
 * @param warn - told of failures that are no one's but ours
 */
export function previewApp(
  live: Live,
  documents: Documents,
  guardOptions: GuardOptions,
  warn: (line: string) => void,
): Hono {
  const app = new Hono();
  app.use(
    secureHeaders({
      xFrameOptions: 'SAMEORIGIN',
      strictTransportSecurity: false,
      referrerPolicy: 'no-referrer',
      crossOriginResourcePolicy: 'same-origin',
      crossOriginOpenerPolicy: 'same-origin',
    }),
  );
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
    if (!c.res.headers.has('Content-Security-Policy'))
      c.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  });
  app.use(guard(guardOptions));

  const failed = (c: Context, error: unknown) => {
    const answer = told(error);
    if (answer.code === 'bug') warn(`The preview could not answer ${c.req.path}: ${messageOf(error)}`);
    if (answer.code === 'too-busy') c.header('Retry-After', '2');
    return c.json({ error: answer }, statusOf(answer));
  };
  app.onError((error, c) => failed(c, error));
  app.notFound((c) => c.json({ error: NOTHING_HERE }, 404));

  const query = (c: Context) => {
    const parameters = new URL(c.req.url).searchParams;
    parameters.delete('token');
    return parameters;
  };

  app.get('/', async (c) => {
    c.header('Content-Security-Policy', PAGE_POLICY);
    const page = await asset('page.html');
    return page === null ? c.notFound() : c.html(page.content);
  });

  app.get('/assets/:name', async (c) => {
    const file = await asset(c.req.param('name'));
    return file === null ? c.notFound() : c.body(file.content, 200, { 'Content-Type': file.type });
  });

  app.get('/fonts/:name', (c) => {
    const font = fontNamed(c.req.param('name'));
    if (font === null) return c.notFound();
    return c.body(new Uint8Array(font), 200, {
      'Content-Type': 'font/woff2',
      'Cache-Control': 'private, max-age=86400',
    });
  });

  app.get('/api/options', async (c) => {
    const { config, asOf, data, configured } = live.loaded();
    const { report } = config;
    const [values, days] = await Promise.all([data.filterValues(), data.days()]);
    return c.json({
      title: report.title,
      brand: report.brand,
      asOf,
      currencySymbol: createFormat(report.locale, report.currency).currencySymbol,
      ...values,
      days,
      rankings: RANKINGS,
      formats: FORMATS,
      state: { ...configured.filters, roasBelow: configured.roasBelow, topPosts: configured.topPosts },
    });
  });

  app.get('/api/report', async (c) => {
    const {
      state,
      html,
      query: written,
      command,
      words,
      warnings,
    } = await documents.shown(query(c), c.req.raw.signal);
    const { filters, ...rest } = state;
    return c.json({
      html,
      shell: scriptOf(html),
      query: written,
      command,
      words,
      warnings,
      state: { ...filters, ...rest },
    });
  });

  app.get('/api/charts', async (c) => c.json(await documents.charts(query(c), c.req.raw.signal)));

  app.get('/report', async (c) => {
    const html = await documents.page(query(c), c.req.raw.signal);
    c.header('Content-Security-Policy', `${policyOf(html)}; frame-ancestors 'self'`);
    return c.html(html);
  });

  app.get('/download/:name', async (c) => {
    const name = c.req.param('name');
    const make = downloads(documents).get(name);
    if (make === undefined) return c.notFound();
    const asked = query(c);
    const { asOf, configured } = live.loaded();
    const { filters } = stateOf(asked, configured);
    const { type, content } = await make(asked, c.req.raw.signal);
    return c.body(typeof content === 'string' ? content : new Uint8Array(content), 200, {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="${editionName(asOf, filters)}${name.replace('report', '')}"`,
    });
  });

  app.get('/events', (c) =>
    streamSSE(c, async (stream) => {
      const send = (event: string, data: object) => stream.writeSSE({ event, data: JSON.stringify(data) });
      const stop = live.listen((event) => {
        if (event.kind === 'changed')
          void send('changed', { what: event.concerns[0], concerns: event.concerns });
        else if (event.kind === 'failed') void send('failed', { error: told(event.error) });
        else void send('loading', { what: 'data' });
      });
      const gone = new Promise<void>((resolve) => stream.onAbort(resolve));
      const failure = live.failure();
      await (failure === null ? send('ready', {}) : send('failed', { error: told(failure) }));
      const beat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT_MS);
      await gone;
      clearInterval(beat);
      stop();
    }),
  );
  return app;
}

const NOTHING_HERE: ToldError = {
  message: 'There is nothing at this address.',
  hint: null,
  code: 'not-found',
};

/** Tells documents with different scripts apart: as long as it stays, the body of one may take the place of another's. */
function scriptOf(html: string): string {
  return /script-src '(sha256-[^']+)'/.exec(policyOf(html))?.[1] ?? '';
}

/** The policy that the document states for itself; nothing where a template of the user's states none. */
function policyOf(html: string): string {
  const stated = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
  return (
    stated?.replaceAll('&#x27;', "'").replaceAll('&#x3D;', '=') ??
    "default-src 'none'; style-src 'unsafe-inline'"
  );
}
