import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { composeMessage, type MessageInputs } from '../../src/email/compose.js';

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 255]);

function inputs(changes: Partial<MessageInputs> = {}): MessageInputs {
  return {
    from: 'ROI report <roi@example.com>',
    to: 'Anna Example <anna@example.com>',
    replyTo: null,
    owners: ['owner@example.com'],
    messageId: '<73cced0aa28aad6ea87c9235afface7ce05de6d4@example.com>',
    date: new Date('2025-06-30T01:30:00Z'),
    subject: 'ROAS 1.42×, up 0.08×',
    html: '<p>ROAS 1.42×</p><img src="cid:chart">',
    text: 'ROAS 1.42×',
    image: { cid: 'chart', png: PNG, fileName: 'revenue.png' },
    attachments: [{ name: 'report.pdf', contentType: 'application/pdf', content: bytes(5_000) }],
    ...changes,
  };
}

/** Bytes of every value, the same for the same length. */
function bytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, place) => (place * 31 + (place >> 8)) % 256);
}

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

const headerBlock = (message: Buffer) => message.subarray(0, message.indexOf('\r\n\r\n')).toString('latin1');
const headersOf = (message: Buffer) => headerBlock(message).split(/\r\n(?![ \t])/);
const headerNames = (message: Buffer) => headersOf(message).map((line) => line.slice(0, line.indexOf(':')));
const header = (message: Buffer, name: string) =>
  headersOf(message)
    .find((line) => line.startsWith(`${name}: `) || line.startsWith(`${name}:\r\n`))
    ?.slice(name.length + 1)
    .replaceAll('\r\n', '')
    .trim();

const USUAL_HEADERS = [
  'List-Unsubscribe',
  'Auto-Submitted',
  'X-Auto-Response-Suppress',
  'From',
  'To',
  'Reply-To',
  'Subject',
  'Message-ID',
  'Date',
  'MIME-Version',
  'Content-Type',
];

describe('a message', () => {
  it('holds text, HTML with its picture and the attachment, each as it was given', async () => {
    const message = await composeMessage(inputs());
    const parsed = await simpleParser(message, { keepCidLinks: true });
    expect(parsed.text).toBe('ROAS 1.42×');
    expect(parsed.html).toBe('<p>ROAS 1.42×</p><img src="cid:chart">');
    expect(
      parsed.attachments.map(({ filename, contentType, contentDisposition, cid, content }) => [
        filename,
        contentType,
        contentDisposition,
        cid,
        sha256(content),
      ]),
    ).toEqual([
      ['revenue.png', 'image/png', 'inline', 'chart', sha256(PNG)],
      ['report.pdf', 'application/pdf', 'attachment', undefined, sha256(bytes(5_000))],
    ]);
  });

  it('is nested as mail programs expect it', async () => {
    const types = (await composeMessage(inputs())).toString('latin1').match(/(?<=Content-Type: )[^;\r]+/g);
    expect(types).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'multipart/related',
      'text/html',
      'image/png',
      'application/pdf',
    ]);
  });

  it('says what it is in its headers, and nothing more', async () => {
    const message = await composeMessage(inputs());
    expect(headerNames(message)).toEqual(USUAL_HEADERS);
    expect(header(message, 'From')).toBe('ROI report <roi@example.com>');
    expect(header(message, 'To')).toBe('Anna Example <anna@example.com>');
    expect(header(message, 'Reply-To')).toBe('owner@example.com');
    expect(header(message, 'Date')).toBe('Mon, 30 Jun 2025 01:30:00 +0000');
    expect(header(message, 'Message-ID')).toBe('<73cced0aa28aad6ea87c9235afface7ce05de6d4@example.com>');
    expect(header(message, 'Auto-Submitted')).toBe('auto-generated');
    expect(header(message, 'X-Auto-Response-Suppress')).toBe('DR, RN, NRN, OOF, AutoReply');
    expect(header(message, 'List-Unsubscribe')).toBe(
      '<mailto:owner@example.com?subject=Unsubscribe%20anna%40example.com>',
    );
  });

  it('sends replies where it is told to, to all owners otherwise, and nowhere without any', async () => {
    const owners = ['One <one@example.com>', 'two@example.com'];
    const replyTo = async (changes: Partial<MessageInputs>) =>
      header(await composeMessage(inputs(changes)), 'Reply-To');
    expect(await replyTo({ owners })).toBe('One <one@example.com>, two@example.com');
    expect(await replyTo({ owners, replyTo: 'desk@example.com' })).toBe('desk@example.com');
    expect(headerNames(await composeMessage(inputs({ owners: [] })))).toEqual(
      USUAL_HEADERS.filter((name) => name !== 'Reply-To' && name !== 'List-Unsubscribe'),
    );
  });

  it('is the same bytes for the same inputs, and every line ends with CRLF', async () => {
    const text = 'a\nb\rc\r\nd\u2028e\0f';
    const message = await composeMessage(inputs({ text }));
    expect(await composeMessage(inputs({ text }))).toEqual(message);
    expect(message.toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect((await simpleParser(message)).text).toBe('a\nb\nc\nd\u2028e\uFFFDf');
  });

  it('holds empty things and no attachment', async () => {
    const { image, ...rest } = inputs({ subject: '', html: '', text: '', attachments: [] });
    const message = await composeMessage(rest);
    expect(image).toBeDefined();
    expect(headerNames(message)).toEqual(USUAL_HEADERS.filter((name) => name !== 'Subject'));
    expect((await simpleParser(message)).attachments).toEqual([]);
    const [file] = (
      await simpleParser(
        await composeMessage({
          ...rest,
          attachments: [{ name: 'x.csv', contentType: 'text/csv', content: bytes(0) }],
        }),
      )
    ).attachments;
    expect([file?.filename, file?.size]).toEqual(['x.csv', 0]);
  });

  it('returns megabytes of attachment unharmed, a view into larger memory too', async () => {
    const whole = bytes(4_000_000);
    const part = whole.subarray(1_000, 3_000_001);
    const parsed = await simpleParser(
      await composeMessage(
        inputs({ attachments: [{ name: 'a.xlsx', contentType: 'application/zip', content: part }] }),
      ),
    );
    expect(parsed.attachments.map(({ content }) => sha256(content))).toContain(sha256(part));
  });
});

describe('addresses', () => {
  it.each([
    ['anna@example.com', 'anna@example.com'],
    [' Anna <anna@example.com> ', 'Anna <anna@example.com>'],
    ['"Example, Anna" <anna@example.com>', '"Example, Anna" <anna@example.com>'],
    ['Example, Anna <anna@example.com>', '"Example, Anna" <anna@example.com>'],
    ['"A \\"B\\" C" <anna@example.com>', '"A \\"B\\" C" <anna@example.com>'],
    ['boss@example.com, Anna <anna@example.com>', '"boss@example.com, Anna" <anna@example.com>'],
    ['anna@bücher.example', 'anna@xn--bcher-kva.example'],
  ])('%j is written %j', async (to, written) => {
    expect(header(await composeMessage(inputs({ to })), 'To')).toBe(written);
  });

  it.each([
    '',
    'anna',
    'a@b, c@d',
    '<a@b',
    'a@b\r\nBcc: c@d',
    'Anna <a@b>\nBcc: c@d',
    '\u202Ea@b',
    '\uD800@b',
  ])('refuses %j', async (to) => {
    await expect(composeMessage(inputs({ to }))).rejects.toMatchObject({ code: 'mail-address' });
  });

  it.each(['आशा वर्मा', 'محمد علي', '王小明', 'Zoë 🎉 Ångström'])('keeps the name %s', async (name) => {
    const { to } = await simpleParser(await composeMessage(inputs({ to: `${name} <anna@example.com>` })));
    expect(to).toMatchObject({ value: [{ name, address: 'anna@example.com' }] });
  });
});

describe('file names', () => {
  it.each([
    ['../../etc/passwd', '-..-etc-passwd'],
    ['C:\\temp\\a.pdf', 'C--temp-a.pdf'],
    ['a\r\nContent-Type: text/html\r\n.pdf', 'a Content-Type- text-html.pdf'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['say "hi"; x=y.pdf', 'say -hi-; x=y.pdf'],
    ['=?utf-8?Q?evil.exe?=', '= -utf-8-Q-evil.exe-='],
    ['\0', 'attachment'],
    ['...', 'attachment'],
    ['.pdf', 'pdf'],
    [`${'x'.repeat(400)}.pdf`, `${'x'.repeat(150)}.pdf`],
    [`${'स'.repeat(400)}.pdf`, `${'स'.repeat(50)}.pdf`],
    ['सेहत रिपोर्ट.pdf', 'सेहत रिपोर्ट.pdf'],
    ['تقرير.pdf', 'تقرير.pdf'],
    ['报告 🎉.xlsx', '报告 🎉.xlsx'],
    ["100% of Anna's.csv", "100% of Anna's.csv"],
  ])('%j arrives as %j', async (name, arrived) => {
    const { attachments } = await simpleParser(
      await composeMessage(inputs({ attachments: [{ name, contentType: 'application/pdf', content: PNG }] })),
    );
    expect(attachments.at(-1)?.filename).toBe(arrived);
  });
});

/** Texts that try to become headers, parts or something that reads otherwise than it looks. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\nBcc: x@example.com',
        '\r\n\r\n',
        '\n.\n',
        '\0',
        '\u202E',
        '\u2028',
        '\u0085',
        '=?utf-8?Q?=0D=0ABcc:_x@example.com?=',
        '"',
        '\\',
        ';',
        '\uD83C',
        '🎉',
        'सेहत',
        '--=_-73cc',
        'x'.repeat(120),
        ' ',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

describe('hostile data', () => {
  it('is no encoded word: a subject is read as it is shown', async () => {
    const subject = 'ROAS =?utf-8?Q?=0D=0ABcc:_x@example.com?= up';
    const parsed = await simpleParser(await composeMessage(inputs({ subject })));
    expect(parsed.subject).toBe(subject.replace('=?', '= ?'));
  });

  it('is no boundary: a text that repeats those of its message stays a text', async () => {
    const boundaries = (await composeMessage(inputs())).toString('latin1').match(/^--.*$/gm) ?? [];
    expect(boundaries.length).toBeGreaterThan(5);
    const text = boundaries.join('\n').replaceAll('\r', '');
    const parsed = await simpleParser(await composeMessage(inputs({ text })));
    expect(parsed.text).toBe(text);
    expect(parsed.attachments).toHaveLength(2);
  });

  it('adds no header and no part, and texts arrive as they are but for what a header cannot hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostile,
        hostile,
        hostile,
        hostile,
        hostile,
        async (subject, name, file, text, html) => {
          const message = await composeMessage(
            inputs({
              subject: `S ${subject}`,
              to: `N ${name.replace(/[<>\p{Cc}]/gu, '')} <anna@example.com>`,
              text: `T${text}`,
              html: `H${html}`,
              attachments: [{ name: file, contentType: 'application/pdf', content: Buffer.from(file) }],
            }),
          );
          expect(headerNames(message)).toEqual(USUAL_HEADERS);
          const raw = message.toString('latin1');
          expect(raw.match(/^Content-Type: /gm)).toHaveLength(7);
          expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
          expect(raw).not.toMatch(/\r(?!\n)|(?<!\r)\n|\0/);

          const parsed = await simpleParser(message);
          const unseen = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/u;
          expect(parsed.bcc).toBeUndefined();
          expect(parsed.to).toMatchObject({ value: [{ address: 'anna@example.com' }] });
          expect(parsed.subject).not.toMatch(unseen);
          expect(letters(parsed.subject ?? '')).toBe(letters(`S ${subject}`));
          expect(parsed.attachments).toHaveLength(2);
          const attached = parsed.attachments.at(-1);
          expect(attached?.filename).not.toMatch(unseen);
          expect(attached?.filename).not.toMatch(/[\\/]/);
          expect(attached?.content).toEqual(Buffer.from(file));
          expect(linesOf(parsed.text)).toBe(linesOf(`T${text}`));
          expect(linesOf(parsed.html || '')).toBe(linesOf(`H${html}`));
        },
      ),
      { numRuns: 150 },
    );
  });
});

/** The letters and digits of the first 200 characters, which every header keeps. */
function letters(text: string): string {
  return [...text.replace(/[^\p{L}\p{N}]+/gu, '')].slice(0, 200).join('');
}

/** The text with LF, U+FFFD for what UTF-8 cannot hold, and without white space at the end. */
function linesOf(text: string | undefined): string {
  return Buffer.from((text ?? '').replaceAll('\0', '\uFFFD').replace(/\r\n?/g, '\n'))
    .toString()
    .trimEnd();
}

describe('a signature', () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const dkim = { domain: 'example.com', selector: 'mail', privateKey };

  it('stands for headers and body, and is the same for the same inputs', async () => {
    const message = await composeMessage(inputs({ dkim, text: 'a  b \n\n.\nc\r\r\n\n' }));
    expect(headerNames(message)).toEqual(['DKIM-Signature', ...USUAL_HEADERS]);
    expect(await composeMessage(inputs({ dkim, text: 'a  b \n\n.\nc\r\r\n\n' }))).toEqual(message);
    expect(isSigned(message, privateKey)).toBe(true);
    const signature = header(message, 'DKIM-Signature') ?? '';
    expect(signature).toContain('d=example.com');
    expect(signature).toContain('s=mail');
    expect(signature).toContain(':list-unsubscribe');
    expect(isSigned(Buffer.from(message.toString().replace('Example', 'Other')), privateKey)).toBe(false);
    expect(isSigned(Buffer.from(message.toString().replace('<p>ROAS', '<p>ROI')), privateKey)).toBe(false);
  });

  it('that cannot be made is an error, not an unsigned message, and no key stands in it', async () => {
    const ed25519 = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    for (const key of [ed25519.toString(), 'secret, but no key', '']) {
      const failed = composeMessage(inputs({ dkim: { ...dkim, privateKey: key } }));
      await expect(failed).rejects.toMatchObject({ code: 'dkim-key' });
      await expect(failed).rejects.not.toThrow(/secret|BEGIN/);
    }
  });
});

/** Whether the message bears a valid DKIM signature, relaxed in header and body, as a receiving server would find. */
function isSigned(message: Buffer, privateKey: string): boolean {
  const relaxed = (line: string) => {
    const colon = line.indexOf(':');
    const value = line
      .slice(colon + 1)
      .replaceAll('\r\n', '')
      .replace(/[ \t]+/g, ' ')
      .trim();
    return `${line.slice(0, colon).toLowerCase()}:${value}`;
  };
  const [signature = '', ...headers] = headersOf(message);
  const tag = (name: string) =>
    new RegExp(`[;:]\\s*${name}=([^;]*)`).exec(signature)?.[1]?.replace(/\s/g, '') ?? '';
  const body = message
    .subarray(message.indexOf('\r\n\r\n') + 4)
    .toString('latin1')
    .split('\r\n')
    .map((line) => line.replace(/[ \t]+$/, '').replace(/[ \t]+/g, ' '))
    .join('\r\n')
    .replace(/(\r\n)*$/, '\r\n');
  const signed = [
    ...tag('h')
      .split(':')
      .map((name) => relaxed(headers.findLast((line) => line.toLowerCase().startsWith(`${name}:`)) ?? '')),
    relaxed(signature.replace(/b=[^;=]*=*$/, 'b=')),
  ].join('\r\n');
  return (
    createHash('sha256').update(body, 'latin1').digest('base64') === tag('bh') &&
    verify(
      'sha256',
      Buffer.from(signed, 'latin1'),
      createPublicKey(privateKey),
      Buffer.from(tag('b'), 'base64'),
    )
  );
}
