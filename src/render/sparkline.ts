const WIDTH = 150;
const HEIGHT = 26;
const MARGIN = 3;

/** A small line without axes, its last value marked; gaps where a value is undefined. Hidden from screen readers, who have the figure. */
export function sparkline(values: readonly (number | null)[]): string {
  const defined = values.filter((value) => value !== null);
  if (defined.length < 2) return '';
  const low = Math.min(...defined);
  const high = Math.max(...defined);
  const x = (index: number) => MARGIN + ((WIDTH - 2 * MARGIN) * index) / (values.length - 1);
  const y = (value: number) =>
    high === low ? HEIGHT / 2 : HEIGHT - MARGIN - ((HEIGHT - 2 * MARGIN) * (value - low)) / (high - low);
  let path = '';
  let last = '';
  values.forEach((value, index) => {
    if (value === null) return;
    const point = `${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    path += `${values[index - 1] == null ? 'M' : 'L'}${point}`;
    last = `<circle cx="${x(index).toFixed(1)}" cy="${y(value).toFixed(1)}" r="2.2"/>`;
  });
  return `<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" aria-hidden="true"><path d="${path}"/>${last}</svg>`;
}
