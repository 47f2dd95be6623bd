import { describe, expect, it } from 'vitest';
import { fillTemplates } from '../../src/render/template-engine.js';
import type { Templates } from '../../src/render/templates.js';
import { reportWith } from '../support/report.js';

const report = reportWith({});

function fill(files: Record<string, string>, view: object = {}): string {
  const templates: Templates = new Map(
    Object.entries(files).map(([name, text]) => [name, { text, file: `own/${name}` }]),
  );
  return fillTemplates(templates, report, view);
}

describe('templates', () => {
  it('fill in partials by name and sections by id', () => {
    const text = fill(
      {
        'report.hbs': '{{> kpi id="roas"}} {{> (partialOf id)}}',
        'partials/kpi.hbs': 'K:{{id}}',
        'sections/trend.hbs': 'T:{{id}}',
        'styles/report.css': 'ignored {{',
      },
      { id: 'trend' },
    );
    expect(text).toBe('K:roas T:trend');
  });

  it('know each report that they fill in by its own words', () => {
    const templates: Templates = new Map([
      ['report.hbs', { text: '{{value 1234567 "money"}} {{sectionTitle "trend"}}', file: 'own/report.hbs' }],
    ]);
    const section = { id: 'trend', headline: '', kpis: [], tables: [], charts: [], notes: [] };
    const german = reportWith({
      meta: { locale: 'de-DE', currency: 'EUR' },
      sections: [{ ...section, title: 'Verlauf' }],
    });
    const texts = [report, german, report].map((each) => fillTemplates(templates, each, {}));
    expect(texts).toEqual(['12,34,567 trend', '1.234.567 Verlauf', '12,34,567 trend']);
  });

  it('escape everything', () => {
    const name = `<script>"'&\`={{constructor}}`;
    const text = fill({ 'report.hbs': '<p title="{{name}}">{{name}}</p>' }, { name });
    expect(text).not.toMatch(/<script|"'|`/);
    expect(text).toContain('{{constructor}}');
  });

  it.each([
    ['a name that is not there', '{{missing}}'],
    ['a part of a name that is not there', '{{here.missing}}'],
    ['the inside of an object', '{{here.constructor.name}}'],
    ['the prototype', '{{here.__proto__.x}}'],
    ['a helper that is not there', '{{shout here}}'],
    ['syntax', '{{#if here}}'],
    ['a partial that is not there', '{{> nobody}}'],
    ['a section without a template', '{{> (partialOf "nowhere")}}'],
    ['a table that is not there', '{{tableView tables.none}}'],
  ])('fail for %s, naming the file', (_, text) => {
    const files = { 'report.hbs': '{{> part}}', 'partials/part.hbs': text };
    expect(() => fill(files, { here: {}, tables: {} })).toThrow(
      expect.objectContaining({
        code: 'template-failed',
        exitCode: 4,
        message: expect.stringContaining('own/partials/part.hbs'),
      }),
    );
  });

  it.each([
    ['a block is opened and never closed', '<p>\n{{#if here}}', '<p>{{#if here}}\n---------------^'],
    ['a block is closed that is not open', '<p>\n{{/if}}', '<p>{{/if}}\n---^'],
    ['what stands at the mark cannot be read', '<p>\n{{> }} end', '<p>{{> }} end\n-------^'],
  ])('say that %s, and where', (reason, text, place) => {
    expect(() => fill({ 'report.hbs': text })).toThrow(
      expect.objectContaining({
        message: `The template own/report.hbs, line 2, failed: ${reason}.\n${place}`,
      }),
    );
  });

  it('say which blocks do not match', () => {
    expect(() => fill({ 'report.hbs': '\n{{#if here}}{{/each}}' })).toThrow(
      'The template own/report.hbs, line 2, failed: {{#if}} is closed by {{/each}}.',
    );
  });

  it('write values in the way of the report', () => {
    const text = fill(
      {
        'report.hbs':
          '{{value r "ratio"}} {{compact m "money"}} {{compact p "price"}} {{date d}} {{capital w}} {{sectionTitle s}}',
      },
      { r: null, m: 9_999_500, p: 71.4, d: '2025-06-02', w: 'amber', s: 'nowhere' },
    );
    expect(text).toBe('n/a ₹1.00 Cr ₹71.40 2 Jun 2025 Amber nowhere');
  });
});
