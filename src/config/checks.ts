import { z } from 'zod';

const share = z.number().min(0).max(1).default(0.01);

/** `quarantine`: how many rows may be left out before a run stops. */
export const quarantine = z
  .strictObject({
    maxShare: share.describe(
      'share of the rows of a table that may be left out because they cannot be read; more stops the run',
    ),
    maxRevenueShare: share.describe(
      'share of the revenue that may be left out with them; more stops the run',
    ),
  })
  .describe('rows that cannot be read are set aside and listed; these are the limits')
  .prefault({});

/** `checks`: how heavily the findings of the quality checks weigh. */
export const checks = z
  .strictObject({
    failOn: z
      .enum(['error', 'warning', 'never'])
      .default('error')
      .describe('from which severity on a finding makes `roi-report check` fail'),
    severity: z
      .record(
        z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not the id of a check, such as zero-payout'),
        z.enum(['off', 'info', 'warning', 'error']),
      )
      .default({})
      .describe('severity of a check by its id, in place of its usual one'),
    freshnessDays: z
      .int()
      .nonnegative()
      .default(14)
      .describe('days before the as-of day after which the last date of the data counts as stale'),
  })
  .prefault({});

/** `cache`: what is kept to make the next run on unchanged files faster. */
export const cache = z
  .strictObject({
    maxMegabytes: z
      .int()
      .nonnegative()
      .default(2048)
      .describe('most megabytes that loaded tables may take on the disk; 0 keeps nothing'),
  })
  .describe('loaded tables that are kept for the next run on unchanged files')
  .prefault({});
