import { type Edition, editionName } from '../ledger/edition.js';
import { updateRun } from '../ledger/runs.js';
import { lockSchedule } from '../ledger/schedule-lock.js';
import type { EditionContext } from './context.js';

/** The schedule id of trials; their messages say so. */
export const TRIAL = 'test';

/** Closes a trial whose process is gone: nobody waits for it any more. One that is at work is left alone. */
export function abandonTrial(
  trial: Edition,
  { ledger, folder, effects, tell }: Pick<EditionContext, 'ledger' | 'folder' | 'effects' | 'tell'>,
): void {
  const unlock = lockSchedule(folder, trial.schedule);
  if (unlock === null) return;
  try {
    updateRun(ledger, trial, {
      state: 'failed',
      reason: 'interrupted',
      alarmed: true,
      finished: effects.now(),
    });
    tell('info', `The trial ${editionName(trial)} was interrupted, and is not taken up again`);
  } finally {
    unlock();
  }
}
