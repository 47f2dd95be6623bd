import { z } from 'zod';
import { mailAddress } from './address.js';

const addresses = z
  .union([mailAddress, z.array(mailAddress).min(1)])
  .transform((value) => (typeof value === 'string' ? [value] : value));

const smtp = z
  .strictObject({
    host: z.string().min(1),
    port: z.int().min(1).max(65_535).default(587),
    security: z
      .enum(['starttls', 'tls', 'none'])
      .default('starttls')
      .describe(
        'starttls: as most servers on port 587 want it; tls: port 465; none: only for a server on this machine',
      ),
    timeoutSeconds: z
      .number()
      .positive()
      .default(120)
      .describe('without a word from the server; one that looks for spam may take its time after a message'),
  })
  .describe('user name and password come from ROI_REPORT_SMTP_USER and ROI_REPORT_SMTP_PASSWORD');

const dkim = z
  .strictObject({ domain: z.string().min(1), selector: z.string().min(1) })
  .describe('signs each message; the private key (PEM) comes from ROI_REPORT_DKIM_KEY');

const retry = z
  .strictObject({
    firstSeconds: z
      .number()
      .positive()
      .default(60)
      .describe('until the second attempt; each further wait is twice as long'),
    longestMinutes: z.number().positive().default(30),
  })
  .prefault({});

const gates = z
  .strictObject({
    onFailure: z
      .enum(['hold', 'send'])
      .default('hold')
      .describe('hold: nobody gets the edition, the owner is told; send: it goes out with its red badge'),
    failOn: z
      .enum(['error', 'warning', 'never'])
      .default('error')
      .describe('from which severity on a check of the data holds the edition'),
    freshnessDays: z
      .int()
      .positive()
      .nullable()
      .default(14)
      .describe('the newest order may be so many days older than the report'),
    maxRowDrop: z
      .number()
      .gt(0)
      .lte(1)
      .nullable()
      .default(0.2)
      .describe('the tracked orders may be fewer than in the last edition by this share'),
  })
  .describe('what has to hold before an edition is sent')
  .prefault({});

/** How editions reach people: `delivery` of the configuration. */
export const delivery = z
  .strictObject({
    from: mailAddress.default('ROI report <roi-report@localhost>'),
    replyTo: mailAddress.nullable().default(null).describe('the owner unless said'),
    owner: addresses
      .default([])
      .describe('who is told of everything that goes wrong; an address or a list of them'),
    returnPath: mailAddress
      .nullable()
      .default(null)
      .describe('where mail servers send what cannot be delivered; the sender unless said'),
    smtp: smtp
      .nullable()
      .default(null)
      .describe('without it, messages are written as .eml files into the outbox'),
    dkim: dkim.nullable().default(null),
    retry,
    gates,
    maxMegabytes: z
      .number()
      .positive()
      .default(10)
      .describe('of a whole message as it travels; attachments that do not fit are left out, and it says so'),
    keepDays: z.int().positive().default(400).describe('what was sent is kept so long'),
  })
  .prefault({});

export type DeliveryConfig = z.infer<typeof delivery>;
