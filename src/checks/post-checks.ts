import { type Case, casesSql, who } from './cases.js';
import { type CheckDefinition, has, is, shareOf, type Words } from './check.js';

const place = (found: Case, words: Words) =>
  `${found.subject} of ${who(found)}, ${words.date(found.day ?? '')}`;

/** Checks of the posts and of what they are said to have reached. */
export const postChecks: readonly CheckDefinition[] = [
  {
    id: 'duplicate-post',
    title: 'Posts that repeat another',
    severity: 'warning',
    trifle: 0.01,
    fix: 'If posts were exported twice under different ids, or without ids, remove one of each.',
    cases: () =>
      casesSql(
        { influencer_id: 'influencer_id', subject: 'subject', day: 'date', entries: 'repeats' },
        `(
          SELECT influencer_id, date, MIN(post_id) AS subject, COUNT(*) - 1 AS repeats
          FROM posts
          WHERE url IS NOT NULL OR reach IS NOT NULL
          GROUP BY influencer_id, date, url, reach, likes, comments
          HAVING COUNT(*) > 1
        ) AS repeated`,
      ),
    describe: ({ entries, first }, { coverage }, words) => ({
      share: shareOf(entries, coverage.posts),
      clause: `${words.plural(entries, 'post')} ${entries === 1 ? 'repeats' : 'repeat'} another of the day in link, reach, likes and comments`,
      more: 'they are counted',
      examples: first.map((found) => place(found, words)),
    }),
  },
  {
    id: 'platform-differs',
    title: 'Post platform differs from profile',
    severity: 'info',
    cases: () =>
      casesSql(
        {
          influencer_id: 'posts.influencer_id',
          subject: 'posts.post_id',
          detail: "posts.platform || ', profile ' || influencers.platform",
          day: 'posts.date',
        },
        `posts
        JOIN influencers ON influencers.influencer_id = posts.influencer_id
        WHERE LOWER(posts.platform) <> LOWER(influencers.platform)`,
      ),
    describe: ({ count, first }, { coverage }, words) => ({
      share: shareOf(count, coverage.posts),
      clause: `${words.plural(count, 'post')} ${is(count)} on another platform than the influencer’s profile`,
      more: 'the platform of the post counts',
      examples: first.map((found) => `${place(found, words)}: ${found.detail}`),
    }),
  },
  {
    id: 'engagement-above-reach',
    title: 'Likes and comments above reach',
    severity: 'warning',
    trifle: 0.01,
    fix: 'Check whether the reach of these posts is in thousands, or of another day than their likes.',
    cases: () =>
      casesSql(
        {
          influencer_id: 'influencer_id',
          subject: 'post_id',
          day: 'date',
          figure: 'COALESCE(likes, 0) + COALESCE(comments, 0)',
          other: 'reach',
        },
        'posts WHERE reach >= 0 AND COALESCE(likes, 0) + COALESCE(comments, 0) > reach',
      ),
    describe: ({ count, first }, { coverage }, words) => ({
      share: shareOf(count, coverage.posts),
      clause: `${words.plural(count, 'post')} ${has(count)} more likes and comments than reach`,
      examples: first.map(
        (found) =>
          `${place(found, words)}: ${words.count(found.figure ?? 0)} likes and comments, reach ${words.count(found.other ?? 0)}`,
      ),
    }),
  },
  {
    id: 'negative-engagement',
    title: 'Negative reach, likes or comments',
    severity: 'warning',
    trifle: 0.01,
    fix: 'Correct the cells; leave them blank where the figure is not known.',
    cases: () =>
      casesSql(
        {
          influencer_id: 'influencer_id',
          subject: 'post_id',
          day: 'date',
          detail: "CASE WHEN reach < 0 THEN 'reach' WHEN likes < 0 THEN 'likes' ELSE 'comments' END",
          figure: 'CASE WHEN reach < 0 THEN reach WHEN likes < 0 THEN likes ELSE comments END',
        },
        'posts WHERE reach < 0 OR likes < 0 OR comments < 0',
      ),
    describe: ({ count, first }, { coverage }, words) => ({
      share: shareOf(count, coverage.posts),
      clause: `${words.plural(count, 'post')} ${has(count)} negative reach, likes or comments`,
      examples: first.map(
        (found) => `${place(found, words)}: ${found.detail} ${words.count(found.figure ?? 0)}`,
      ),
    }),
  },
];
