import { z } from 'zod';

const day = z.iso.date().describe('a day, YYYY-MM-DD');
const texts = z.array(z.string()).default([]);

/** What a report is narrowed to: `filters` of the configuration, of a schedule and of its recipients. */
export const filters = z
  .strictObject({
    campaigns: texts,
    categories: texts,
    platforms: texts,
    minFollowers: z.int().nonnegative().nullable().default(null),
    maxFollowers: z.int().nonnegative().nullable().default(null),
    from: day.nullable().default(null),
    to: day.nullable().default(null),
  })
  .describe('what the report is narrowed to; empty means all')
  .prefault({});
