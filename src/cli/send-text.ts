import type { DryRun, SentEdition } from '../editions/send-edition.js';
import { EXIT, type ExitCode } from '../errors.js';
import { columns } from '../format/columns.js';
import { type Edition, editionName } from '../ledger/edition.js';
import { deliveryRecord, deliveryRow } from './delivery-rows.js';

/** What became of an edition, for a person or as JSON. */
export function sentText({ run, deliveries, refusal }: SentEdition, json: boolean): string {
  const name = editionName(run);
  if (json) {
    return JSON.stringify({
      edition: name,
      state: run.state,
      reasons: refusal?.reasons ?? [],
      deliveries: deliveries.map(deliveryRecord),
    });
  }
  if (refusal) return `${name}: not sent`;
  const sent = deliveries.filter(({ state }) => state === 'sent').length;
  return [
    `${name}: sent to ${sent} of ${deliveries.length}`,
    columns(deliveries.map((delivery) => ['', ...deliveryRow(delivery)])),
  ].join('\n');
}

/** What an edition would have sent, for a person or as JSON. */
export function dryRunText(edition: Edition, { files, failures }: DryRun, json: boolean): string {
  const name = editionName(edition);
  if (json) return JSON.stringify({ edition: name, dryRun: true, files, failures });
  const held = files.length === 0 ? ['It would be held, and nobody would get it.'] : [];
  return [
    `${name}: nothing was sent (dry run)`,
    ...failures.map((reason) => `  ${reason}`),
    ...held.map((line) => `  ${line}`),
    ...files.map(({ recipient, file }) => `  ${recipient}  ${file}`),
  ].join('\n');
}

/** How a command ends that sent an edition. */
export function exitCodeOf({ run, refusal }: SentEdition): ExitCode {
  if (refusal) return refusal.exitCode;
  return run.state === 'sent' ? EXIT.ok : EXIT.delivery;
}
