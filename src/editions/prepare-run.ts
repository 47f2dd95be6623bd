import { waitAfter } from '../delivery/waits.js';
import { EXIT, type ExitCode, messageOf, ReportError } from '../errors.js';
import { addDeliveries } from '../ledger/deliveries.js';
import { editionName } from '../ledger/edition.js';
import { atOnce } from '../ledger/open-ledger.js';
import { type Run, updateRun } from '../ledger/runs.js';
import type { Audiences } from './audiences.js';
import { buildEdition } from './build-edition.js';
import type { EditionContext } from './context.js';
import { heldNotice, sentAnywayNotice } from './notice-text.js';
import { tellOwner } from './tell-owner.js';

/** An edition that was not made or not let out, as a step of `advanceRun` ended. */
export interface Refusal {
  reasons: string[];
  hint: string | undefined;
  exitCode: ExitCode;
}

/**
 * Makes an edition and judges it. It is then to be delivered, or held back with the owner told.
 *
 * @param patience - `wait`: what cannot be sent yet is tried again until it is given up; `none`: it has failed
 * @returns why it is not to be delivered; null where it is
 */
export async function prepareRun(
  run: Run,
  audiences: Audiences | null,
  patience: 'wait' | 'none',
  context: EditionContext,
): Promise<Refusal | null> {
  const { ledger, effects, tell } = context;
  tell('info', `Making ${editionName(run)}`, { edition: editionName(run), event: 'making' });
  const refuse = async (refusal: Refusal) => {
    await hold(run, refusal, patience, context);
    return refusal;
  };
  if (audiences === null) {
    return refuse({
      reasons: [`The schedule ${run.schedule} is no longer configured.`],
      hint: 'Configure it again, or leave the edition: it is given up at its deadline.',
      exitCode: EXIT.usage,
    });
  }
  try {
    const built = await buildEdition(run, audiences, context);
    const failures = built.failures.map(({ reason }) => reason);
    if (built.messages === null) {
      return refuse({ reasons: failures, hint: undefined, exitCode: EXIT.data });
    }
    const { messages, remarks, facts } = built;
    for (const remark of remarks) tell('warn', remark, { edition: editionName(run), event: 'remark' });
    const record = () => {
      addDeliveries(ledger, run, messages, effects.now());
      updateRun(ledger, run, {
        state: 'delivering',
        attempts: run.attempts + 1,
        nextAttempt: null,
        reason: failures.join(' ') || null,
        facts,
        archived: true,
      });
    };
    if (failures.length + remarks.length === 0) atOnce(ledger, record);
    else await tellOwner(run, (moment) => sentAnywayNotice(run, failures, remarks, moment), context, record);
    return null;
  } catch (error) {
    effects.signal.throwIfAborted();
    const isExpected = error instanceof ReportError;
    return refuse({
      reasons: [context.redact(messageOf(error))],
      hint: isExpected
        ? error.hint
        : 'This is a bug in roi-report. Run roi-report build --debug and send what it prints.',
      exitCode: isExpected ? error.exitCode : EXIT.bug,
    });
  }
}

/** Keeps an edition back, to be tried again while there is time. */
async function hold(
  run: Run,
  refusal: Refusal,
  patience: 'wait' | 'none',
  context: EditionContext,
): Promise<void> {
  const { ledger, config, effects, tell } = context;
  const now = effects.now();
  const attempts = run.attempts + 1;
  const next = new Date(now.getTime() + waitAfter(attempts, config.delivery.retry));
  const goesOn = (patience === 'wait' || run.state === 'held') && next <= run.giveUp;
  const reason = refusal.reasons.join(' ');
  tell('error', `${editionName(run)} is held: ${reason}`, {
    edition: editionName(run),
    event: goesOn ? 'held' : 'failed',
    nextAttempt: goesOn ? next.toISOString() : null,
  });
  const record = () =>
    updateRun(ledger, run, {
      state: goesOn ? 'held' : 'failed',
      attempts,
      nextAttempt: goesOn ? next : null,
      reason,
      finished: goesOn ? null : now,
    });
  const again = goesOn ? run.giveUp : null;
  await tellOwner(run, (moment) => heldNotice(run, { ...refusal, again }, moment), context, record);
}
