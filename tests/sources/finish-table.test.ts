import { expect, it } from 'vitest';
import { useLoader } from './load-folder.js';

const loader = useLoader();

async function postNames(lines: string[]) {
  const { files } = await loader.load({ 'posts.csv': `post_id,influencer_id,date,url\n${lines.join('\n')}` });
  const rows = await loader.query<{ post_id: string; url: string }>(
    'SELECT post_id, url FROM posts ORDER BY url',
  );
  return { names: rows.map(({ post_id, url }) => `${url} ${post_id}`), notes: files[1]?.notes };
}

it('names posts without post_id by what they say, not by where they stand', async () => {
  const lines = [
    ',A,2025-01-01,u2',
    ',A,2025-01-01,u1',
    'p7,A,2025-01-01,u0',
    '" ",B,2025-01-01,u3',
    ',A,2025-01-02,u4',
  ];
  const expected = {
    names: ['u0 p7', 'u1 A/2025-01-01/1', 'u2 A/2025-01-01/2', 'u3 B/2025-01-01/1', 'u4 A/2025-01-02/1'],
    notes: ['4 rows have no post_id; each was named influencer/date/number.'],
  };
  expect(await postNames(lines)).toEqual(expected);
  expect(await postNames(lines.toReversed())).toEqual(expected);
});

it('names posts that are the same in every field', async () => {
  const { names } = await postNames([',A,2025-01-01,u', ',A,2025-01-01,u']);
  expect(names.toSorted()).toEqual(['u A/2025-01-01/1', 'u A/2025-01-01/2']);
});

it('names all posts of a file without post_id', async () => {
  const { files } = await loader.load({ 'posts.csv': 'influencer_id,date\nA,2025-01-01\n' });
  expect(await loader.query('SELECT post_id FROM posts')).toEqual([{ post_id: 'A/2025-01-01/1' }]);
  expect(files[1]?.notes).toEqual(['1 row has no post_id; each was named influencer/date/number.']);
});

it('counts one order a row where there is no column orders, and says so', async () => {
  const { files } = await loader.load({
    'tracking_data.csv': 'influencer_id,date,revenue\nA,2025-01-01,5\nA,2025-01-01,5',
  });
  expect(await loader.query('SELECT sum(orders) AS orders FROM tracking')).toEqual([{ orders: 2 }]);
  expect(files[2]?.notes).toEqual(['There is no column orders; each row counts as 1.']);
});
