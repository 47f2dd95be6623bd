/**
 * What a run does to the world, passed in as an argument so that tests and other programs pass their own.
 * Beside these, a run writes the report's files (`output/`), plain copies of inputs in a temporary folder (`sources/files/`), and, in
 * the private cache folder, tables for the next run (`cache/`) and the browser (`render/browser/`); the report itself is a pure
 * function of its inputs.
 */
export interface Effects {
  /** The present moment; read only where `--as-of` is not given, and for timings. */
  now(): Date;
  /** Reports that a step of the run begins, in words for a person ("Loading tracking_data.csv"). */
  progress(step: string): void;
  /** Says what the user should know though the run goes on, in one line; told even where progress is not. */
  warn(line: string): void;
  /** Aborted when the user presses Ctrl-C or the caller gives up. */
  signal: AbortSignal;
}

/** Effects for programs that do not want to watch: the real clock, no progress, no warnings, never aborted. */
export function quietEffects(): Effects {
  return { now: () => new Date(), progress: () => {}, warn: () => {}, signal: new AbortController().signal };
}
