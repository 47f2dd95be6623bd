import { describe, expect, it } from 'vitest';
import { mailAddress } from '../../src/config/address.js';
import { parseConfig } from '../../src/config/load.js';
import { bareAddress } from '../../src/config/mail-address.js';

const refused = (text: string) => () => parseConfig(text, 'report.yaml');

describe('mailAddress', () => {
  it.each([
    ['anna@example.com', 'anna@example.com'],
    ['Anna Example <anna@example.com>', 'anna@example.com'],
    ['"Example, Anna" <anna@example.com>', 'anna@example.com'],
    ['  bo+x@mail.example.co.in ', 'bo+x@mail.example.co.in'],
  ])('takes %s', (text, bare) => {
    expect(bareAddress(mailAddress.parse(text))).toBe(bare);
  });

  it.each([
    'anna',
    'anna@',
    '@example.com',
    'a@b, c@d',
    'a@b\r\nBcc: c@d',
    'A <a@b> <c@d>',
    'Team: a@b;',
    'a b@c',
    '',
  ])('refuses %j', (text) => {
    expect(mailAddress.safeParse(text).success).toBe(false);
  });
});

describe('the configuration of delivery', () => {
  it('needs nothing, and then writes to the outbox and schedules nothing', () => {
    const { delivery, schedules } = parseConfig('', 'report.yaml');
    expect(delivery).toMatchObject({ smtp: null, owner: [], gates: { onFailure: 'hold', failOn: 'error' } });
    expect(schedules).toEqual([]);
  });

  it('takes one address or several, and fills in what a schedule leaves out', () => {
    const { delivery, schedules } = parseConfig(
      `delivery: { owner: [a@x.example, B <b@x.example>], smtp: { host: mail.x.example } }
schedules: [{ id: weekly-board, cron: "0 7 * * 1", recipients: [{ to: c@x.example }] }]`,
      'report.yaml',
    );
    expect(delivery.owner).toEqual(['a@x.example', 'B <b@x.example>']);
    expect(delivery.smtp).toEqual({
      host: 'mail.x.example',
      port: 587,
      security: 'starttls',
      timeoutSeconds: 120,
    });
    expect(schedules[0]).toMatchObject({
      missed: { run: 'once', maxHoursLate: 24 },
      deadlineHours: 4,
      attach: ['pdf'],
      recipients: [{ to: ['c@x.example'] }],
    });
  });

  it.each([
    ['delivery:\n  smtp: { host: x, password: secret }', /line 2.*smtp.*password/s],
    ['schedules:\n  - id: a b\n    cron: x\n    recipients: [{ to: a@b }]', /line 2.*schedules.0.id/s],
    ['schedules:\n  - { id: a, cron: x, recipients: [] }', /recipients/],
    ['schedules:\n  - { id: a, cron: x, timezone: Mars/Olympus, recipients: [{ to: a@b }] }', /timezone/],
    [
      'schedules:\n  - { id: a, cron: x, recipients: [{ to: a@b }] }\n  - { id: a, cron: y, recipients: [{ to: a@b }] }',
      /"a" is used twice/,
    ],
    ['schedules:\n  - { id: test, cron: x, recipients: [{ to: a@b }] }', /"test" is kept for trials/],
    ['schedules:\n  - { id: a, cron: x, recipients: [{ to: nobody }] }', /is not a mail address/],
    ['schedules:\n  - { id: a, cron: x, attach: [pdf, pdf], recipients: [{ to: a@b }] }', /names one twice/],
  ])('refuses %s', (text, message) => {
    expect(refused(text)).toThrow(message);
  });
});
