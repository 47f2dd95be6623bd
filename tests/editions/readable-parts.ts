import type { Headers, ParsedMail } from 'mailparser';
import readWorkbook from 'read-excel-file/node';
import { readPdf } from '../support/pdf.js';

/**
 * All that a reader can find in a message, by part: its headers, `subject`, `text`, `html`, `alt` (what stands for pictures), the
 * attachments under the last words of their names (`30.pdf`, `campaigns.csv`), and `files` for their headers.
 */
export async function partsOfMessage(mail: ParsedMail): Promise<Map<string, string>> {
  const html = String(mail.html);
  const files = await Promise.all(
    mail.attachments.map(({ filename = '', content }) =>
      partsOfFile(/[^.-]+\.[a-z]+$/.exec(filename)?.[0] ?? filename, content),
    ),
  );
  return new Map([
    ['headers', [...mail.headerLines.map(({ line }) => line), written(mail.headers)].join('\n')],
    ['subject', mail.subject ?? ''],
    ['text', mail.text ?? ''],
    ['html', html],
    ['alt', [...html.matchAll(/\salt="([^"]*)"/g)].map(([, text]) => text).join('\n')],
    ['files', mail.attachments.map(({ headers }) => written(headers)).join('\n')],
    ...files.flatMap((parts) => [...parts]),
  ]);
}

/** What a file says, under its name, and its bytes as latin1 where these are not its text. */
export async function partsOfFile(name: string, content: Buffer): Promise<Map<string, string>> {
  const bytes = [`${name}, as bytes`, content.toString('latin1')] as const;
  if (name.endsWith('.png')) return new Map([bytes]);
  if (name.endsWith('.xlsx')) {
    const sheets = await readWorkbook(content);
    const cells = sheets.flatMap(({ sheet, data }) => [sheet, ...data.flat().map(String)]);
    return new Map([[name, cells.join('\n')], bytes]);
  }
  if (name.endsWith('.pdf')) {
    const { pages, title, outline } = await readPdf(content);
    const texts = pages.map((page) => page.map(({ text }) => text).join(''));
    return new Map([[name, [title, ...outline, ...texts].join('\n')], bytes]);
  }
  return new Map([[name, content.toString()]]);
}

function written(headers: Headers): string {
  return JSON.stringify([...headers]);
}
