import { setTimeout } from 'node:timers/promises';
import type { Effects } from '../effects.js';

const LONGEST_MS = 60_000;

/** Waits until a moment, or less: a clock may be put forward or back meanwhile. Ends early, without an error, when the run is aborted. */
export async function waitTowards(
  moment: Date,
  { now, signal }: Pick<Effects, 'now' | 'signal'>,
): Promise<void> {
  const rest = Math.max(0, Math.min(moment.getTime() - now().getTime(), LONGEST_MS));
  await setTimeout(rest, undefined, { signal }).catch(() => {});
}
