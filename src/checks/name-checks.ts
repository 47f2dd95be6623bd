import { casesSql } from './cases.js';
import { type CheckDefinition, is, shareOf } from './check.js';

/** A name without what people write differently: case, spaces, hyphens and the like. */
function plainName(name: string): string {
  const marks = [' ', '\u00A0', '-', '–', '_', '/', ':', '&', '+', "''", '’'];
  return marks.reduce((expression, mark) => `REPLACE(${expression}, '${mark}', '')`, `LOWER(${name})`);
}

const similarCampaigns = casesSql(
  { subject: 'subject', detail: 'detail', money: 'money' },
  `(
          SELECT MIN(campaign) AS subject, MAX(campaign) AS detail, SUM(revenue) AS money
          FROM (
            SELECT campaign, SUM(revenue) AS revenue FROM tracking WHERE campaign IS NOT NULL GROUP BY campaign
          ) AS campaigns
          GROUP BY ${plainName('campaign')}
          HAVING COUNT(*) > 1
        ) AS similar_campaigns`,
);

/** Case alone does not count: the model takes platforms that differ only in it for one. */
const similarPlatforms = casesSql(
  { subject: 'subject', detail: 'detail' },
  `(
          SELECT MIN(platform) AS subject, MAX(platform) AS detail
          FROM (SELECT platform FROM posts UNION SELECT platform FROM influencers) AS spellings
          WHERE platform IS NOT NULL
          GROUP BY ${plainName('platform')}
          HAVING COUNT(DISTINCT LOWER(platform)) > 1
        ) AS similar_platforms`,
);

/** Checks of names that are meant to be the same. */
export const nameChecks: readonly CheckDefinition[] = [
  {
    id: 'similar-names',
    title: 'Names that differ only in spelling',
    severity: 'warning',
    fix: 'Write each campaign and each platform in one way.',
    cases: () => `${similarCampaigns}\n    UNION ALL\n    ${similarPlatforms}`,
    describe: ({ count, money, first }, { coverage }, words) => ({
      share: shareOf(money, coverage.revenue),
      clause: `${words.plural(count, 'campaign or platform', 'campaigns or platforms')} ${is(count)} written in several ways`,
      more: 'each spelling counts as one of its own',
      examples: first.map((found) => `${found.subject} / ${found.detail}`),
    }),
  },
];
