import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { renderHtml } from '../../src/render/html.js';
import { readTemplates } from '../../src/render/templates.js';
import { reportWith } from '../support/report.js';

const page = { paper: 'A4', orientation: 'portrait' } as const;
const failed = {
  id: 'trend',
  title: 'Trend',
  headline: 'This section could not be computed',
  kpis: [],
  tables: [],
  charts: [],
  notes: [],
  error: "it's <broken>",
};

it('is one document with its style, its fonts, its script and a policy that lets in nothing else', async () => {
  const templates = await readTemplates(null);
  const report = reportWith({ sections: [failed], meta: { brand: 'A & B $& $1 </style>' } });
  const { html, uncovered } = renderHtml({ report, svgs: new Map(), templates, page });
  expect(uncovered).toEqual([]);
  expect(html).toMatch(/^<!doctype html>\n<html lang="en-IN">/);
  expect(html).toContain('A &amp; B $&amp; $1 &lt;/style&gt;');
  expect(html).toContain('it&#x27;s &lt;broken&gt;');
  expect(html.match(/<\/style>/g)).toHaveLength(1);
  expect(html).toMatch(/@font-face \{[^}]*url\("?data:font\/woff2?;base64,/);
  expect(html).not.toMatch(/(?:src|href)="(?:https?:|\/\/)/);

  const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(script).digest('base64');
  expect(html.replaceAll('&#x27;', "'").replaceAll('&#x3D;', '=').replaceAll('&#x2B;', '+')).toContain(
    `script-src 'sha256-${hash}'`,
  );
});

it('names an own report.hbs that has no place for the styles', async () => {
  const templates = new Map(await readTemplates(null));
  const text = (templates.get('report.hbs')?.text ?? '').replace('<style>', '<style media="all">');
  templates.set('report.hbs', { text, file: 'own/report.hbs' });
  const drawing = () => renderHtml({ report: reportWith({}), svgs: new Map(), templates, page });
  expect(drawing).toThrow('The template own/report.hbs has no place for the styles.');
  expect(drawing).toThrow(
    expect.objectContaining({
      code: 'template-failed',
      exitCode: 4,
      hint: expect.stringContaining('<style>{{{styles}}}</style>'),
    }),
  );
});

it('embeds the fonts of other scripts only where the text has them', async () => {
  const templates = await readTemplates(null);
  const htmlOf = (brand: string) =>
    renderHtml({
      report: reportWith({ sections: [failed], meta: { brand } }),
      svgs: new Map(),
      templates,
      page,
    });
  const families = (html: string) =>
    new Set([...html.matchAll(/font-family: ?"?(Noto[^";]+)"?;/g)].map(([, name]) => name));
  const latin = htmlOf('Tezbal').html;
  const hindi = htmlOf('सेहत').html;
  expect(latin.length).toBeLessThan(hindi.length);
  expect([...families(hindi)].join()).toContain('Devanagari');
  expect([...families(latin.replace(/body \{[\s\S]*/, ''))].join()).not.toContain('Devanagari');
  expect(htmlOf('\u{1F000}\u{10FFFD}').uncovered).toContain('\u{10FFFD}');
});
