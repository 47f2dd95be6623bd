import { z } from 'zod';
import { timeZoneName } from '../format/codes.js';
import { mailAddress } from './address.js';
import { filters } from './filters.js';

const attach = z
  .array(z.enum(['pdf', 'html', 'csv', 'xlsx', 'json']))
  .describe('what is attached to the message')
  .refine((kinds) => new Set(kinds).size === kinds.length, 'names one twice');

const audience = z
  .strictObject({
    to: z
      .union([mailAddress, z.array(mailAddress).min(1)])
      .transform((value) => (typeof value === 'string' ? [value] : value))
      .describe('an address or a list of them; each gets a message of its own'),
    filters: filters
      .optional()
      .describe('what these see, within what the schedule shows; nothing else of the data reaches them'),
    attach: attach.optional(),
  })
  .describe('people who get the same pages');

const schedule = z.strictObject({
  id: z
    .string()
    .max(60)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not a name of a-z, 0-9 and single -')
    .refine((id) => id !== 'test', '"test" is kept for trials')
    .describe('names the editions; a new id is a new series'),
  cron: z.string().describe('minute, hour, day of month, month, day of week: "0 7 * * 1" is Mondays at 7'),
  timezone: timeZoneName.optional().describe('IANA name; that of the report unless said'),
  missed: z
    .strictObject({
      run: z.enum(['once', 'skip']).default('once'),
      maxHoursLate: z.number().positive().default(24),
    })
    .describe('what becomes of an edition whose time passed while nothing ran')
    .prefault({}),
  deadlineHours: z
    .number()
    .positive()
    .default(4)
    .describe('after its time an edition has to be out; else the owner is alarmed'),
  filters,
  attach: attach.default(['pdf']),
  recipients: z.array(audience).min(1),
});

/** The editions that go out: `schedules` of the configuration. */
export const schedules = z
  .array(schedule)
  .default([])
  .superRefine((list, context) => {
    const ids = new Set<string>();
    list.forEach(({ id }, index) => {
      if (ids.has(id))
        context.addIssue({ code: 'custom', path: [index, 'id'], message: `"${id}" is used twice` });
      ids.add(id);
    });
  });

export type ScheduleConfig = z.infer<typeof schedule>;
export type AttachmentKind = z.infer<typeof attach>[number];
