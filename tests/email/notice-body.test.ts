import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type NoticeInputs, renderNotice } from '../../src/email/notice-body.js';
import { faultsAt, noFaults, openFile, openReader } from '../support/screen.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { wordsOf } from './reports.js';

const NOTICE: NoticeInputs = {
  subject: 'Not sent: board, 29 Jun 2026 07:00',
  lines: ['The edition was not sent. No recipient got anything.', 'The PDF has no text on page 3.'],
  facts: [
    ['Edition', 'board, 29 Jun 2026 07:00 Asia/Kolkata'],
    ['Archive', `/reports/${'a-folder/'.repeat(20)}report.pdf`],
  ],
  fix: ['Look at the data with roi-report check.', 'Then run roi-report send --edition board.'],
  footer: 'Sent to the owner alone.',
};

it('says what happened, what to do, and the facts, as a letter', async () => {
  const { subject, html, text } = await renderNotice(NOTICE);
  expect(subject).toBe(NOTICE.subject);
  expect(text).toBe(`Not sent: board, 29 Jun 2026 07:00

The edition was not sent. No recipient got anything.

The PDF has no text on page 3.

WHAT TO DO

- Look at the data with roi-report check.
- Then run roi-report send --edition board.

THE FACTS

- Edition: board, 29 Jun 2026 07:00 Asia/Kolkata
- Archive:
  ${NOTICE.facts[1]?.[1]}

Sent to the owner alone.
`);
  for (const part of [subject, ...NOTICE.lines, ...NOTICE.fix, ...NOTICE.facts.flat(), NOTICE.footer])
    expect(wordsOf(html)).toContain(part);
});

it('may have neither facts nor a fix', async () => {
  const { text, html } = await renderNotice({ ...NOTICE, lines: [], facts: [], fix: [] });
  expect(text).toBe(`${NOTICE.subject}\n\nSent to the owner alone.\n`);
  expect(html).not.toMatch(/What to do|The facts/);
});

it('keeps hostile texts as texts, on a phone too', async () => {
  const hostile = '"\r\nBcc: x@y <script>alert(1)</script> {{x}} <mj-include path="/etc/passwd" />';
  const { subject, text, html } = await renderNotice({
    subject: hostile,
    lines: [hostile],
    facts: [[hostile, hostile], ...NOTICE.facts],
    fix: [hostile],
    footer: hostile,
  });
  expect(subject).not.toMatch(/[\r\n]/);
  expect(text).not.toMatch(/^Bcc/m);
  const [{ folder, remove }, browser] = await Promise.all([temporaryFolder(), openReader()]);
  const file = path.join(folder, 'notice.html');
  await writeFile(file, html);
  const { page, complaints } = await openFile(browser, file);
  expect(await page.evaluate('document.body.textContent')).toContain(hostile.replace('\r\n', ' '));
  expect(await page.evaluate('document.scripts.length')).toBe(0);
  expect(await faultsAt(page, 'screen', 360)).toEqual(noFaults);
  expect(complaints).toEqual([]);
  await Promise.all([browser.close(), remove()]);
});
