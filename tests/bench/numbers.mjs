/** The middle of some numbers; the mean of the two middle ones where their count is even. */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

/** Median, smallest and largest of some numbers. */
export function spread(numbers) {
  return { median: median(numbers), min: Math.min(...numbers), max: Math.max(...numbers) };
}

/** Seconds as text: `1.234 s`. */
export function seconds(value) {
  return `${value.toFixed(value < 10 ? 3 : 1)} s`;
}

/** Bytes as text: `123 MB`. */
export function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}
