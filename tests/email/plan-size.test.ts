import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeMessage, type MessageInputs } from '../../src/email/compose.js';
import { CONTENT_TYPES, type PlannedFile, planSize } from '../../src/email/plan-size.js';

const MB = 1_000_000;
const file = (kind: PlannedFile['kind'], bytes: number, name = `report.${kind}`): PlannedFile => ({
  kind,
  name,
  bytes,
});
const kindsOf = (files: readonly PlannedFile[]) => files.map(({ kind }) => kind);

describe('the plan of a message', () => {
  it('keeps everything that fits, in the order given', () => {
    const attachments = [file('json', 1_000), file('pdf', MB), file('csv', 0), file('xlsx', 2)];
    const plan = planSize({ bodyBytes: 30_000, attachments, limitBytes: 10 * MB });
    expect(plan.kept).toEqual(attachments);
    expect([plan.dropped, plan.notes]).toEqual([[], []]);
  });

  it.each([
    [10 * MB, ['pdf', 'html', 'xlsx', 'csv', 'json']],
    [6.8 * MB, ['pdf', 'html', 'xlsx', 'csv']],
    [5.4 * MB, ['pdf', 'html', 'xlsx']],
    [4 * MB, ['pdf', 'html']],
    [2.7 * MB, ['pdf']],
    [1 * MB, []],
    [0, []],
  ])('with files of 1 MB and a limit of %d bytes keeps %j', (limitBytes, kept) => {
    const attachments = (['pdf', 'html', 'xlsx', 'csv', 'json'] as const).map((kind) => file(kind, MB));
    const plan = planSize({ bodyBytes: 20_000, attachments, limitBytes });
    expect(kindsOf(plan.kept)).toEqual(kept);
    expect(plan.notes).toHaveLength(5 - kept.length);
  });

  it('keeps a small file beside a large one that is left out', () => {
    const attachments = [file('pdf', MB), file('xlsx', 20 * MB), file('csv', 1_000)];
    const plan = planSize({ bodyBytes: 20_000, attachments, limitBytes: 10 * MB });
    expect(kindsOf(plan.kept)).toEqual(['pdf', 'csv']);
    expect(plan.notes).toEqual([
      'The Excel workbook (20 MB) was left out: the message would have been larger than 10 MB. Ask for it by replying.',
    ]);
  });

  it('leaves out all files of a kind or none, and tells of each kind once', () => {
    const attachments = [
      file('csv', 4_100_000, 'campaigns.csv'),
      file('csv', 3_140_000, 'influencers.csv'),
      file('json', 12_001),
      file('pdf', 6_800_000),
    ];
    const plan = planSize({ bodyBytes: 20_000, attachments, limitBytes: 9_400_000 });
    expect(kindsOf(plan.kept)).toEqual(['json', 'pdf']);
    expect(plan.dropped.map(({ name }) => name)).toEqual(['campaigns.csv', 'influencers.csv']);
    expect(plan.notes).toEqual([
      'The 2 CSV tables (7.2 MB) were left out: the message would have been larger than 9.4 MB. Ask for them by replying.',
    ]);
    expect(
      planSize({ bodyBytes: 0, attachments: [file('json', 12_001)], limitBytes: 1_500 }).notes.at(0),
    ).toBe(
      'The JSON file (13 kB) was left out: the message would have been larger than 2 kB. Ask for it by replying.',
    );
  });

  it('counts the encoding: a file of the limit itself does not fit, three quarters of it nearly do', () => {
    const plan = (bytes: number) =>
      kindsOf(planSize({ bodyBytes: 20_000, attachments: [file('pdf', bytes)], limitBytes: 10 * MB }).kept);
    expect(plan(10 * MB)).toEqual([]);
    expect(plan(7.5 * MB)).toEqual([]);
    expect(plan(7.28 * MB)).toEqual(['pdf']);
  });

  it('says so where the body alone is too large', () => {
    const plan = planSize({ bodyBytes: 2 * MB, attachments: [file('pdf', 10)], limitBytes: MB });
    expect(plan.kept).toEqual([]);
    expect(plan.bytes).toBeGreaterThan(MB);
    expect(planSize({ bodyBytes: 500, attachments: [], limitBytes: MB })).toEqual({
      kept: [],
      dropped: [],
      notes: [],
      bytes: 500,
    });
  });
});

const planned = fc
  .record({
    kind: fc.constantFrom(...(Object.keys(CONTENT_TYPES) as PlannedFile['kind'][])),
    name: fc.oneof(
      fc.constantFrom('report.pdf', 'सेहत रिपोर्ट.pdf', 'تقرير الأسبوع.xlsx', '报告 🎉.csv', ''),
      fc.string({ unit: 'binary', maxLength: 90 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
    ),
    bytes: fc.oneof(fc.nat(10), fc.nat(400), fc.nat(60_000)),
  })
  .map((value) => ({ ...value, content: new Uint8Array(value.bytes).fill(7) }));

describe('the planned size', () => {
  it('is never below the real one and at most 2 % above it, and nothing is left out without need', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(planned, { maxLength: 6 }),
        fc.nat(400_000),
        fc.boolean(),
        fc.integer({ min: 20_000, max: 40_000 }),
        async (attachments, limitBytes, picture, length) => {
          const body: MessageInputs = {
            from: 'ROI report <roi@example.com>',
            to: 'anna@example.com',
            replyTo: null,
            owners: ['owner@example.com'],
            messageId: '<73cced0aa28aad6ea87c9235afface7ce05de6d4@example.com>',
            date: new Date('2025-06-30T01:30:00Z'),
            subject: 'ROAS 1.42×',
            text: 'ROAS',
            html: `<p>${'é line '.repeat(length / 7)}</p>`,
            attachments: [],
            ...(picture && { image: { cid: 'chart', png: new Uint8Array(2_000), fileName: 'chart.png' } }),
          };
          const bodyBytes = (await composeMessage(body)).length;
          const plan = planSize({ bodyBytes, attachments, limitBytes });
          const notes = (start: string, end: string) => plan.notes.map((note) => start + note + end).join('');
          const message = await composeMessage({
            ...body,
            text: `${body.text}${notes('\n\n', '')}`,
            html: `${body.html}${notes('<p style="margin:0 0 8px 0;font-size:14px;color:#444444">', '</p>')}`,
            attachments: plan.kept.map((kept) => ({ ...kept, contentType: CONTENT_TYPES[kept.kind] })),
          });
          expect(plan.bytes).toBeGreaterThanOrEqual(message.length);
          expect(plan.bytes - plan.notes.length * 1_000).toBeLessThanOrEqual(message.length * 1.02);
          if (plan.notes.length === 0 && plan.kept.length > 0) expect(plan.bytes).toBe(message.length);
          if (plan.kept.length > 0) expect(message.length).toBeLessThanOrEqual(limitBytes);
          expect(plan.kept.length + plan.dropped.length).toBe(attachments.length);
          if (plan.dropped.length > 0) {
            const all = await composeMessage({
              ...body,
              attachments: attachments.map((kept) => ({ ...kept, contentType: CONTENT_TYPES[kept.kind] })),
            });
            expect(all.length).toBeGreaterThan(limitBytes);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
