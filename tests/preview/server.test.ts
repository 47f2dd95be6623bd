import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietEffects } from '../../src/effects.js';
import { packageRoot } from '../../src/package-root.js';
import { type Serving, servePreview } from '../../src/preview/serve.js';
import { runInProcess } from '../support/in-process.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const AS_OF = '2026-06-28';

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

let folder: string;
let remove: () => Promise<void>;
let serving: Serving;
let address: URL;
const warnings: string[] = [];

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  await cp(path.join(packageRoot, 'data'), path.join(folder, 'data'), { recursive: true });
  await mkdir(path.join(folder, 'templates/sections'), { recursive: true });
  await writeFile(path.join(folder, 'report.yaml'), 'theme: { templates: templates }\n');
  serving = await servePreview(options(), { ...quietEffects(), warn: (line) => warnings.push(line) });
  address = new URL(serving.address);
});

afterAll(async () => {
  await serving.close();
  await remove();
});

function options() {
  return {
    dataDir: path.join(folder, 'data'),
    configFile: path.join(folder, 'report.yaml'),
    cacheFolder: null,
    asOf: AS_OF,
    host: '127.0.0.1',
    port: 0,
  };
}

/** Asks exactly for a path, which no client of a browser's kind would leave as it is. */
function ask(
  target: string,
  {
    method = 'GET',
    headers = {},
    at = address,
  }: { method?: string; headers?: http.OutgoingHttpHeaders; at?: URL } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: at.hostname, port: at.port, path: target, method, headers, agent: false },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end();
  });
}

const json = ({ body }: Answer) => JSON.parse(body.toString());

describe('whoever is not asked by our page', () => {
  it.each(['evil.example', 'evil.example:80', 'localhost.evil.example', '127.0.0.1.nip.io', '169.254.1.1'])(
    'is refused under the host %j',
    async (host) => {
      const answer = await ask('/api/report', { headers: { host } });
      expect([400, 421]).toContain(answer.status);
      expect(answer.body.toString()).not.toContain('<main');
    },
  );

  it.each([
    'GET /api/report HTTP/1.0\r\n\r\n',
    'GET /api/report HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n',
  ])('is refused without a host: %j', async (request) => {
    const socket = net.connect(Number(address.port), address.hostname);
    socket.end(request);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 (400|421) /);
  });

  it('is refused from another origin, another site, and with another method', async () => {
    const host = address.host;
    for (const origin of ['http://evil.example', 'null', `https://${host}`, 'http://localhost:1'])
      expect((await ask('/api/report', { headers: { origin } })).status).toBe(403);
    for (const site of ['cross-site', 'same-site'])
      expect((await ask('/download/report.pdf', { headers: { 'sec-fetch-site': site } })).status).toBe(403);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])
      expect((await ask('/api/report', { method })).status).toBe(405);
  });

  it('may follow a link to the page, and to nothing else', async () => {
    const headers = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect((await ask('/?category=Fitness', { headers })).status).toBe(200);
    expect((await ask('/report', { headers })).status).toBe(403);
    expect((await ask('/', { headers: { ...headers, 'sec-fetch-dest': 'iframe' } })).status).toBe(403);
  });

  it('learns nothing from answers that may be framed, sniffed or kept', async () => {
    const page = await ask('/');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    for (const target of ['/', '/report', '/api/options', '/download/report.json', '/nothing']) {
      const { headers } = await ask(target);
      expect(headers['x-content-type-options'], target).toBe('nosniff');
      expect(headers['cache-control'], target).toBe('no-store');
      expect(headers['cross-origin-resource-policy'], target).toBe('same-origin');
      expect(headers['content-security-policy'], target).toContain('frame-ancestors');
      expect(headers['access-control-allow-origin'], target).toBeUndefined();
    }
    const { headers } = await ask('/report');
    expect(headers['content-security-policy']).toMatch(/script-src 'sha256-[^']+'.*frame-ancestors 'self'/);
  });
});

describe('what lies outside the page', () => {
  it.each([
    '/../package.json',
    '/assets/../page.html',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/....//package.json',
    '/assets/%2fetc%2fpasswd',
    '/assets/page.html%00.js',
    '/assets/.',
    '/fonts/../../package.json',
    '/fonts/..%5c..%5cpackage.json',
    '/fonts/%2e%2e%2f%2e%2e%2fpackage.json',
    '/download/../report.json',
    '/download/report.exe',
    '/download/constructor',
    '/download/__proto__',
    '//etc/passwd',
    '/data/tracking_data.csv',
  ])('%s is not reached', async (target) => {
    const answer = await ask(target);
    expect([400, 404]).toContain(answer.status);
    expect(answer.body.toString()).not.toMatch(/"dependencies"|root:|influencer_id/);
  });
});

describe('an address that means nothing', () => {
  it.each([
    '/api/report?min-followers=-1',
    '/api/report?campain=A',
    '/api/report?from=2026-13-01',
    '/report?min-followers=6&max-followers=5',
    '/download/report.pdf?top-posts=%00',
    '/download/report.json?__proto__[x]=1',
  ])('%s is refused in words', async (target) => {
    const answer = await ask(target);
    expect(answer.status).toBe(400);
    expect(json(answer).error).toMatchObject({
      code: 'bad-address',
      message: expect.stringMatching(/^The address/),
    });
  });

  it('is refused where it is too long, and the server lives', async () => {
    expect((await ask(`/api/report?campaign=${'x'.repeat(9_000)}`)).status).toBe(414);
    expect((await ask(`/api/report?campaign=${'x'.repeat(40_000)}`)).status).toBe(431);
    expect((await ask('/api/report?campaign=Nobody')).status).toBe(200);
  });

  it('takes what is no UTF-8 for a name that nothing bears', async () => {
    const answer = await ask('/api/report?campaign=%E0%A4%A');
    expect(answer.status).toBe(200);
    expect(json(answer).warnings).toContainEqual(expect.stringContaining('No campaign is called "\uFFFD%A"'));
  });

  it('names what nothing bears as a warning', async () => {
    const { warnings: told } = json(await ask('/api/report?campaign=Nobody'));
    expect(told).toEqual([expect.stringContaining('No campaign is called "Nobody"; there are: ')]);
  });
});

describe('charts', () => {
  it('come after the figures, into their places; a page that is opened by itself has them', async () => {
    const query = 'category=Running&min-followers=777';
    const { html } = json(await ask(`/api/report?${query}`));
    const places = [...html.matchAll(/data-waits-for="(\w+)"/g)].map(([, name]) => name);
    expect(places.length).toBeGreaterThan(3);
    const charts = json(await ask(`/api/charts?${query}`));
    for (const name of places) expect(charts[name]).toMatch(/^<svg role="img" .*<path/s);
    expect(json(await ask(`/api/report?${query}`)).html).not.toContain('data-waits-for');
    const alone = await ask('/report?category=Running&min-followers=778');
    expect(alone.body.toString()).not.toContain('data-waits-for');
  });
});

describe('downloads', () => {
  it('are the files that the command builds, to the byte', async () => {
    const query =
      'category=Fitness&category=Yoga&min-followers=50000&from=2026-03-02&roas-below=0.8&top-posts=likes';
    const { command } = json(await ask(`/api/report?${query}`));
    const words: string[] = command.replace('roi-report ', '').split(' ');
    const out = path.join(folder, 'out');
    const built = await runInProcess([...words, '--out', out, '--format', 'pdf,html,json,xlsx,csv']);
    expect(built).toMatchObject({ code: 0 });
    const files = built.stdout.match(/\S+\/report\.json/)?.[0] ?? '';
    for (const [kind, type] of [
      ['json', 'application/json'],
      ['html', 'text/html; charset=utf-8'],
      ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
      ['pdf', 'application/pdf'],
    ]) {
      const { status, headers, body } = await ask(`/download/report.${kind}?${query}`);
      expect(status).toBe(200);
      expect(headers['content-type']).toBe(type);
      expect(headers['content-disposition']).toMatch(
        /^attachment; filename="2026-06-28_fitness-yoga-[\w-]+\.\w+"$/,
      );
      const expected = await readFile(path.join(path.dirname(files), `report.${kind}`));
      expect(body.equals(expected), kind).toBe(true);
    }
    const zip = await ask(`/download/report.csv.zip?${query}`);
    expect(zip.body.subarray(0, 2).toString()).toBe('PK');
    expect(zip.body.includes('tables/financial-review.payouts.csv')).toBe(true);
  });

  it('of a hundred at once are made or refused, and the server lives', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, number) =>
        ask(`/download/report.pdf?min-followers=${2_000_000 + (number % 3)}`),
      ),
    );
    const made = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status === 503);
    expect(made.length + refused.length).toBe(100);
    expect(made.length).toBeGreaterThan(10);
    for (const { body } of made) expect(body.subarray(0, 5).toString()).toBe('%PDF-');
    for (const answer of refused) {
      expect(answer.headers['retry-after']).toBe('2');
      expect(json(answer).error.code).toBe('too-busy');
    }
    expect((await ask('/api/report')).status).toBe(200);
  });
});

describe('a server that others can reach', () => {
  it('asks for its token, and keeps it out of the address', async () => {
    const open = await servePreview({ ...options(), host: '0.0.0.0', token: 'a secret' }, quietEffects());
    try {
      const { port, search } = new URL(open.address.replace('0.0.0.0', '127.0.0.1'));
      const at = new URL(`http://127.0.0.1:${port}`);
      expect(new URLSearchParams(search).get('token')).toBe('a secret');
      for (const target of [
        '/',
        '/api/report',
        '/download/report.json',
        '/assets/page.html',
        '/?token=wrong',
      ]) {
        const { status, body } = await ask(target, { at });
        expect(status, target).toBe(401);
        expect(body.toString()).not.toContain('a secret');
      }
      const entered = await ask('/?category=Fitness&token=a+secret', { at });
      expect(entered.status).toBe(303);
      expect(entered.headers.location).toBe('/?category=Fitness');
      const [cookie = ''] = entered.headers['set-cookie'] ?? [];
      expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
      const headers = { cookie: cookie.split(';')[0] };
      expect((await ask('/api/options', { at, headers })).status).toBe(200);
      expect((await ask('/api/options', { at, headers: { ...headers, host: 'evil.example' } })).status).toBe(
        421,
      );
    } finally {
      await open.close();
    }
  });

  it('asks for a token on this machine too, where one is given', async () => {
    const open = await servePreview({ ...options(), token: 'a secret' }, quietEffects());
    const at = new URL(open.address);
    expect((await ask('/api/options', { at })).status).toBe(401);
    const headers = { cookie: 'roi-report-preview=a%20secret' };
    expect((await ask('/api/options', { at, headers })).status).toBe(200);
    await open.close();
  });

  it('makes up a token of its own, another each time', async () => {
    const tokens = new Set<string | null>();
    for (let time = 0; time < 2; time += 1) {
      const open = await servePreview({ ...options(), host: '0.0.0.0' }, quietEffects());
      tokens.add(new URL(open.address).searchParams.get('token'));
      await open.close();
    }
    expect(tokens.size).toBe(2);
    for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{32}$/);
  });
});

it('names a port that is taken, and the fix', async () => {
  await expect(
    servePreview({ ...options(), port: Number(address.port) }, quietEffects()),
  ).rejects.toMatchObject({
    code: 'no-port',
    message: `Port ${address.port} of 127.0.0.1 is taken by another program.`,
    hint: expect.stringContaining('--port'),
  });
});

it('warned of nothing that was no bug', () => {
  expect(warnings).toEqual([]);
});
