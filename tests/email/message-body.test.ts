import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietEffects } from '../../src/effects.js';
import { renderMessageBody } from '../../src/email/message-body.js';
import { type BodyInputs, messageView } from '../../src/email/message-view.js';
import { renderReport } from '../../src/render/render.js';
import { readTemplates, type Templates } from '../../src/render/templates.js';
import type { Report } from '../../src/report/schema.js';
import { reportWith } from '../support/report.js';
import { type Browser, faultsAt, noFaults, openFile, openReader } from '../support/screen.js';
import { HOSTILE } from '../support/states.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { reportOf, wordsOf } from './reports.js';

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const CHART = {
  cid: 'weeks@roi-report',
  width: 560,
  height: 270,
  title: 'Revenue by week',
  caption: 'Columns are revenue.',
  alt: 'Revenue of "26" weeks <b>',
};

let reader: Browser;
let templates: Templates;
let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  [reader, templates, { folder, remove }] = await Promise.all([
    openReader(),
    readTemplates(null),
    temporaryFolder(),
  ]);
});
afterAll(async () => {
  await Promise.all([reader.close(), remove()]);
});

function inputs(report: Report, changes: Partial<BodyInputs> = {}): BodyInputs {
  return {
    report,
    chart: CHART,
    notes: ['The web page (7.2 MB) was left out.'],
    attachments: ['Influencer ROI.pdf'],
    replyTo: 'Anna Example <anna@example.com>',
    ...changes,
  };
}

async function opened(html: string, name: string) {
  const file = path.join(folder, `${name}.html`);
  await writeFile(file, html.replaceAll(`cid:${CHART.cid}`, PIXEL));
  return openFile(reader, file);
}

describe.each([
  'payouts of some only',
  'one campaign',
  'negative revenue',
  'nothing and ten billion',
  'no payouts',
  'a first edition',
  'no rows at all',
  'nothing matches the filters',
  'a section that fails',
  '5,000 influencers',
  'Hindi, Arabic and Chinese names, emoji in captions',
  'names of 80 characters without a space',
  'hostile texts',
])('the message of "%s"', (name) => {
  let report: Report;
  let body: Awaited<ReturnType<typeof renderMessageBody>>;
  beforeAll(async () => {
    report = await reportOf(name, folder);
    body = await renderMessageBody(inputs(report), templates);
  });

  it('has the figures of page 1, letter by letter', async () => {
    const page = await renderReport(
      report,
      { page: { paper: 'A4', orientation: 'portrait' }, templates: null },
      quietEffects(),
    );
    const onPage = page.split('<div class="kpi">').slice(1, 5).map(wordsOf);
    const { figures } = messageView(inputs(report));
    expect(figures.map(({ label }) => label)).toEqual(['ROAS', 'Revenue', 'Payout', 'ROI']);
    for (const { label, figure, week } of figures) {
      const kpi = onPage.find((words) => words.startsWith(`${label} `)) ?? '';
      const changes = (week?.changes ?? []).map(({ sign, text, over }) => `${sign} ${text} ${over}`.trim());
      for (const said of [figure, ...(week ? [`: ${week.figure}`] : []), ...changes])
        expect(kpi).toContain(said);
      expect(kpi.includes('nothing to compare with yet')).toBe(week === null);
      const inMessage = [label, figure, ...(week ? [week.figure] : []), ...changes].join(' ');
      expect(wordsOf(body.html)).toContain(inMessage);
      for (const written of [label, figure, ...(week ? [week.figure] : [])])
        expect(body.text).toContain(written);
      for (const { sign, text } of week?.changes ?? []) expect(body.text).toContain(`${sign} ${text}`.trim());
    }
  });

  it('tells the headline, the badge, what changed and what was left out, twice', () => {
    const overview = report.sections.find(({ id }) => id === 'executive-overview');
    const said = [
      overview?.headline ?? '',
      report.badge.reason,
      ...report.findings.flatMap(({ text, detail }) => [text, detail ?? '']),
      report.meta.brand,
      report.meta.title,
      report.meta.period.label,
      'The web page (7.2 MB) was left out.',
      'Influencer ROI.pdf',
      'Anna Example <anna@example.com>',
      ...report.sections.filter(({ error }) => error).map(({ title }) => `The section “${title}” is missing`),
      ...(report.findings.length === 0 ? ['Nothing stands out.'] : []),
    ];
    const html = wordsOf(body.html);
    const text = body.text.replace(/\s+/g, ' ');
    for (const part of said.map((words) => words.replace(/\s+/g, ' ').trim())) {
      expect(html).toContain(part);
      expect(text).toContain(part);
    }
  });

  it('fits a desk and a phone, asks for nothing, and is not cut off', async () => {
    const { page, complaints } = await opened(body.html, name);
    expect(await faultsAt(page, 'screen', 600)).toEqual(noFaults);
    expect(await faultsAt(page, 'screen', 360)).toEqual(noFaults);
    expect(await page.evaluate('[...document.images].map((image) => image.alt)')).toEqual([CHART.alt]);
    expect(
      await page.evaluate(
        '[...document.querySelectorAll("script, link, [src], [href], [background], [srcset]")].map((element) => element.tagName)',
      ),
    ).toEqual(['IMG']);
    expect(
      await page.evaluate(
        '[...document.querySelectorAll("table")].filter((table) => table.getAttribute("role") !== "presentation").length',
      ),
    ).toBe(0);
    expect(await page.evaluate('document.documentElement.lang')).toMatch(/^en/);
    expect(complaints).toEqual([]);
    await page.close();
    expect(body.html).not.toMatch(/@import|<link|<svg/i);
    expect(Buffer.byteLength(body.html)).toBeLessThan(60_000);
  });

  it('has plain text of 76 columns', () => {
    for (const line of body.text.split('\n')) {
      if (line.split(' ').every((word) => [...word].length < 70))
        expect([...line].length).toBeLessThanOrEqual(76);
    }
    expect(body.text).not.toMatch(/&(?:amp|lt|quot|#)/);
  });
});

it('is read as a letter', async () => {
  const { subject, text } = await renderMessageBody(
    inputs(await reportOf('one campaign', folder)),
    templates,
  );
  expect(subject).toBe('Influencer marketing: ROAS 1.52×, week 2.64× (+0.72×), 21–27 Jul 2025');
  const lines = text.split('\n');
  expect(lines.slice(0, 4)).toEqual([
    'Influencer marketing',
    'Influencer ROI, 2 Jun – 27 Jul 2025',
    '',
    expect.any(String),
  ]);
  const table = lines.slice(lines.findIndex((line) => line.includes('whole period'))).slice(0, 5);
  expect(new Set(table.map((line) => line.length)).size).toBe(1);
  expect(table[1]).toMatch(/^ROAS +\d\.\d\d× +2\.64× +↑ 0\.72× +[↑↓] \d\.\d\d×$/);
});

describe('texts that mean something to a mail program or a template', () => {
  const names = [
    ...HOSTILE,
    '"\r\nBcc: x@y',
    '{{x}}',
    '<mj-include path="/etc/passwd" />',
    '</td></table>',
    '-->',
  ];
  const hostile = names.join(' | ');

  function report(): Report {
    return reportWith({
      meta: { brand: hostile, title: hostile, filters: { ...reportWith({}).meta.filters, campaigns: names } },
      badge: { color: 'red', reason: hostile },
      findings: names.map((text) => ({
        id: 'finding',
        severity: 'bad',
        text,
        detail: hostile,
        evidence: { section: 'trend', impact: 1, values: {} },
      })),
      sections: [
        {
          id: 'executive-overview',
          title: hostile,
          headline: hostile,
          error: hostile,
          kpis: [],
          tables: [],
          charts: [],
          notes: [hostile],
        },
      ],
    });
  }

  it('stay texts', async () => {
    const { subject, html, text } = await renderMessageBody(
      inputs(report(), {
        notes: [hostile],
        attachments: [hostile],
        replyTo: hostile,
        chart: { ...CHART, alt: hostile, title: hostile, caption: hostile },
      }),
      templates,
    );
    const { page, complaints } = await opened(html, 'all hostile');
    const words = String(await page.evaluate('document.body.textContent')).replace(/\s+/g, ' ');
    for (const name of names) expect(words).toContain(name.replace(/\s+/g, ' '));
    expect(await page.evaluate('document.scripts.length')).toBe(0);
    expect(await page.evaluate('document.images.length')).toBe(1);
    expect(await page.evaluate('document.images[0].alt')).toBe(hostile.replace('\r\n', ' '));
    expect(await page.evaluate('document.querySelectorAll("[onerror], [onclick]").length')).toBe(0);
    expect(await faultsAt(page, 'screen', 360)).toEqual(noFaults);
    expect(complaints).toEqual([]);
    await page.close();
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text).toContain('{{x}}');
    expect(text).toContain('8. " Bcc: x@y');
    expect(html).not.toContain('root:');
  });

  it('do not make a message that is cut off, however long they are', async () => {
    const long = '<"&\u{1F4AA}>'.repeat(20_000);
    const { findings, ...rest } = report();
    const longReport: Report = {
      ...rest,
      meta: { ...rest.meta, brand: long, title: long },
      findings: findings.slice(0, 5).map((finding) => ({ ...finding, text: long, detail: long })),
    };
    const { html } = await renderMessageBody(inputs(longReport), templates);
    expect(Buffer.byteLength(html)).toBeLessThan(102_000);
  });
});

describe('templates', () => {
  it('of the user replace the built-in ones', async () => {
    await mkdir(path.join(folder, 'own', 'email'), { recursive: true });
    await writeFile(
      path.join(folder, 'own', 'email', 'message.txt.hbs'),
      'Mine: {{brand}} {{figures.0.figure}}',
    );
    const own = await readTemplates(path.join(folder, 'own'));
    const report = await reportOf('one campaign', folder);
    const { text, html } = await renderMessageBody(inputs(report), own);
    expect(text).toBe(`Mine: Influencer marketing ${messageView(inputs(report)).figures[0]?.figure}\n`);
    expect(html).toBe((await renderMessageBody(inputs(report), templates)).html);
  });

  it('of messages do not matter to the report', async () => {
    await mkdir(path.join(folder, 'broken', 'email'), { recursive: true });
    await writeFile(path.join(folder, 'broken', 'email', 'message.mjml.hbs'), '{{#if}} {{nothing');
    const page = { paper: 'A4', orientation: 'portrait' } as const;
    const report = await reportOf('one campaign', folder);
    expect(await renderReport(report, { page, templates: path.join(folder, 'broken') }, quietEffects())).toBe(
      await renderReport(report, { page, templates: null }, quietEffects()),
    );
  });

  it.each([
    ['a tag in the wrong place', '<mjml><mj-body><mj-text>x</mj-text></mj-body></mjml>', 'mj-text'],
    ['no MJML', 'just text', 'failed'],
    [
      'an included file',
      '<mjml><mj-body><mj-include path="./x.mjml" /></mj-body></mjml>',
      'mj-include is not available',
    ],
    ['a name that is not there', '<mjml><mj-body>{{nothing}}</mj-body></mjml>', 'nothing'],
  ])('with %s are an error that names the file', async (_, text, said) => {
    const broken = new Map(templates).set('email/message.mjml.hbs', {
      text,
      file: 'own/email/message.mjml.hbs',
    });
    await expect(renderMessageBody(inputs(reportWith({})), broken)).rejects.toMatchObject({
      code: 'template-failed',
      exitCode: 4,
      message: expect.stringMatching(new RegExp(`own/email/message.mjml.hbs.*${said}`, 's')),
    });
  });
});
