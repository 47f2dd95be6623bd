import type { DeliveryConfig } from '../config/delivery.js';

/**
 * How long to wait after so many failed attempts: twice as long each time, up to the longest.
 *
 * @param attempts - made so far, at least 1
 * @returns milliseconds
 */
export function waitAfter(
  attempts: number,
  { firstSeconds, longestMinutes }: DeliveryConfig['retry'],
): number {
  return Math.min(firstSeconds * 1000 * 2 ** Math.min(attempts - 1, 30), longestMinutes * 60_000);
}
