import type { Format, Unit } from './format.js';

/**
 * Whether a change reads as zero once it is written; one that is not available does not.
 *
 * @param change - a share of the earlier figure where it is relative, else a difference in the figure's own unit
 */
export function readsAsZero(
  change: number | null,
  kind: 'relative' | 'absolute',
  unit: Unit,
  format: Format,
): boolean {
  const written = kind === 'relative' ? 'share' : unit;
  return change !== null && format.value(Math.abs(change), written) === format.value(0, written);
}
