import { expect, it } from 'vitest';
import { openQueue } from '../../src/preview/queue.js';
import { remember } from '../../src/preview/remember.js';

const never = new AbortController().signal;

it('work is done in turn, and too much of it refused', async () => {
  const queue = openQueue(1, 2);
  let running = 0;
  let most = 0;
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await gate;
    running -= 1;
    return 'done';
  };
  const first = queue.run(work, never);
  await Promise.resolve();
  const others = [queue.run(work, never), queue.run(work, never)];
  await expect(queue.run(work, never)).rejects.toMatchObject({ code: 'too-busy' });
  open();
  expect(await Promise.all([first, ...others])).toEqual(['done', 'done', 'done']);
  expect(most).toBe(1);
  expect(await queue.run(work, never)).toBe('done');
});

it('work of who has gone is not begun', async () => {
  const queue = openQueue(1, 5);
  const gone = new AbortController();
  let begun = 0;
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const first = queue.run(() => gate, never);
  const second = queue.run(async () => {
    begun += 1;
  }, gone.signal);
  gone.abort(new Error('gone'));
  open();
  await first;
  await expect(second).rejects.toThrow('gone');
  expect(begun).toBe(0);
});

it('remembers what was made, not what failed, and forgets the oldest', async () => {
  const made: string[] = [];
  const memory = remember<string>(2);
  const make = (key: string) => memory(key, async () => `${key}${made.push(key)}`);
  expect(await Promise.all([make('a'), make('a')])).toEqual(['a1', 'a1']);
  await make('b');
  expect(await make('a')).toBe('a1');
  await make('c');
  expect(await make('a')).toBe('a1');
  expect(await make('b')).toBe('b4');
  await expect(memory('x', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await memory('x', async () => 'yes')).toBe('yes');
});
