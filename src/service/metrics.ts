import { Gauge, Registry } from 'prom-client';
import { countDeliveries, countNotices, countRuns, lastSuccess, overdueEditions } from '../ledger/counts.js';
import { packageVersion } from '../package-root.js';
import { nextSlots } from '../schedule/slots.js';
import type { Watched } from './status.js';

/** Media type of what `metricsText` writes. */
export const METRICS_TYPE: string = Registry.PROMETHEUS_CONTENT_TYPE;

/**
 * The figures of the service for Prometheus, in its text format. They come from the ledger each time, so that a restart loses none.
 * Labels hold the ids of the configured schedules and states, no address and nothing of the data. A schedule of which no
 * edition was sent yet has no time of a last success.
 */
export async function metricsText({ ledger, schedules, now, lastTick }: Watched): Promise<string> {
  const registry = new Registry();
  const gauge = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge<Label>({ name: `roi_report_${name}`, help, labelNames, registers: [registry] });
  const lastSent = gauge(
    'last_success_timestamp_seconds',
    'Unix time at which an edition last reached all its recipients.',
    ['schedule'],
  );
  const next = gauge('next_run_timestamp_seconds', 'Unix time at which the next edition is due.', [
    'schedule',
  ]);
  const runs = gauge('runs', 'Editions in the ledger by their state.', ['schedule', 'state']);
  const deliveries = gauge('deliveries', 'Messages in the ledger by their state.', ['schedule', 'state']);
  const moment = now();
  for (const { id: schedule, cron, zone } of schedules) {
    const sent = lastSuccess(ledger, schedule);
    if (sent) lastSent.set({ schedule }, seconds(sent));
    const [slot] = nextSlots(cron, zone, moment, 1);
    if (slot) next.set({ schedule }, seconds(slot.instant));
    for (const [state, count] of Object.entries(countRuns(ledger, schedule))) {
      runs.set({ schedule, state }, count);
    }
    for (const [state, count] of Object.entries(countDeliveries(ledger, schedule))) {
      deliveries.set({ schedule, state }, count);
    }
  }
  const notices = countNotices(ledger);
  gauge('notices_pending', 'Notices to the owner that wait to be sent.').set(notices.pending);
  gauge('notices_failed', 'Notices to the owner that were given up.').set(notices.failed);
  gauge('editions_overdue', 'Editions that are not out though their deadline has passed.').set(
    overdueEditions(ledger, moment).length,
  );
  gauge('last_tick_timestamp_seconds', 'Unix time at which the loop of the service last began a round.').set(
    seconds(lastTick.begun),
  );
  gauge(
    'failures',
    'What failed in the latest rounds of the loop though it should not; 0 when all is well.',
  ).set(lastTick.failures.length);
  gauge('build_info', 'The version that runs; always 1.', ['version']).set({ version: packageVersion() }, 1);
  return registry.metrics();
}

function seconds(moment: Date): number {
  return moment.getTime() / 1000;
}
