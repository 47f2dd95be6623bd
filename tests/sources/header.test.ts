import { expect, it } from 'vitest';
import { useLoader } from './load-folder.js';

const loader = useLoader();

it('refuses a missing file', async () => {
  expect(await loader.refusal({ 'posts.csv': undefined })).toEqual({
    code: 'missing-file',
    message: 'DIR/posts.csv does not exist.',
    hint: 'Put the file there, or name another data folder.',
  });
});

it.each(['', '\ufeff', '\n\n', '  \r\n'])('refuses the empty file %j', async (content) => {
  expect(await loader.refusal({ 'posts.csv': content })).toEqual({
    code: 'empty-file',
    message: 'DIR/posts.csv is empty.',
    hint: 'Put at least the header line into it, or export the file again.',
  });
});

it('refuses a file without a required column, and lists what there is', async () => {
  expect(await loader.refusal({ 'tracking_data.csv': 'Influencer,date,Amount\nA,2025-01-01,3\n' })).toEqual({
    code: 'missing-column',
    message:
      'DIR/tracking_data.csv has no column influencer_id, revenue. It has: Influencer, date, Amount. Required are: influencer_id, date, revenue.',
    hint: 'Add the column, or rename the one that holds it, and run again.',
  });
});

it('refuses two columns for the same thing', async () => {
  expect(await loader.refusal({ 'influencers.csv': 'ID,name,Influencer ID\nA,Asha,B\n' })).toEqual({
    code: 'duplicate-column',
    message:
      'DIR/influencers.csv has two columns for influencer_id: "ID" (column 1) and "Influencer ID" (column 3).',
    hint: 'Remove or rename one of them and run again.',
  });
});

it('allows unknown columns twice, and blank ones', async () => {
  const [influencers] = await loader.load({ 'influencers.csv': 'note,ID,note,,\n1,A,2,,\n' });
  expect(influencers?.ignoredColumns).toEqual(['note', 'note']);
});

it('takes id for the influencer in influencers only', async () => {
  const { message } = await loader.refusal({ 'posts.csv': 'ID,date\nA,2025-01-01\n' });
  expect(message).toContain('posts.csv has no column influencer_id.');
});

it('keeps to the comma where the header has one', async () => {
  const [influencers] = await loader.load({ 'influencers.csv': 'ID,"a;b;c",d|e|f\nA,1,2\n' });
  expect(influencers?.ignoredColumns).toEqual(['a;b;c', 'd|e|f']);
});

it('refuses a header with an open quote', async () => {
  expect(await loader.refusal({ 'posts.csv': 'post_id,"influencer_id,date\nA,B,C\n' })).toEqual({
    code: 'bad-structure',
    message: 'posts.csv, line 1: the header cannot be read.',
    hint: 'Close every quote in the header line and run again.',
  });
});

it('reads quoted headers with any separator', async () => {
  await loader.load({ 'influencers.csv': '"ID";"Name, full";"platform"\n"A";"x";"TikTok"\n' });
  expect(await loader.query('SELECT influencer_id, platform FROM influencers')).toEqual([
    { influencer_id: 'A', platform: 'TikTok' },
  ]);
});

it.each([
  ['UTF-16', Buffer.from('\ufeffinfluencer_id,date\n', 'utf16le')],
  ['UTF-16 without a mark', Buffer.from('influencer_id,date\n', 'utf16le')],
  ['Latin-1', Buffer.from('influencer_id,date,caf\xe9\n', 'latin1')],
])('refuses a file in %s', async (_encoding, content) => {
  expect(await loader.refusal({ 'posts.csv': content })).toMatchObject({
    code: 'bad-encoding',
    message: 'posts.csv, line 1: the text is not UTF-8.',
  });
});
