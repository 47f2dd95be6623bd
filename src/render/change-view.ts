import { type Format, NOT_AVAILABLE } from '../format/format.js';

export interface ChangeView {
  sign: string;
  text: string;
  tone: 'good' | 'bad' | 'flat';
}

/** Above this a relative change says only that there was next to nothing before. */
const HUGE = 10;

/**
 * A movement as the page shows it: an arrow and an amount, coloured only where up is good or bad (a higher payout is
 * neither).
 *
 * @param change - a share of the earlier figure, or the difference in its own unit
 */
export function changeView(
  id: string,
  kind: 'relative' | 'absolute',
  unit: 'ratio' | 'share' | 'money',
  change: number | null,
  format: Format,
): ChangeView {
  if (change === null) return { sign: '', text: NOT_AVAILABLE, tone: 'flat' };
  const size = Math.abs(change);
  if (kind === 'relative' && size > HUGE) {
    return {
      sign: change > 0 ? '↑' : '↓',
      text: `over ${format.value(HUGE, 'share')}`,
      tone: toneOf(id, change),
    };
  }
  const text =
    kind === 'relative' || unit === 'share' ? format.value(size, 'share') : format.value(size, unit);
  const written = kind === 'absolute' && unit === 'share' ? text.replace('%', ' pts') : text;
  if (Number(text.replace(/[^\d.]/g, '')) === 0) return { sign: '=', text: 'unchanged', tone: 'flat' };
  return { sign: change > 0 ? '↑' : '↓', text: written, tone: toneOf(id, change) };
}

function toneOf(id: string, change: number): ChangeView['tone'] {
  if (id === 'payout') return 'flat';
  return change > 0 ? 'good' : 'bad';
}
