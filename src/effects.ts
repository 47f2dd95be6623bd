/**
 * What a run does to the world, passed in as an argument so that tests and other programs pass their own.
 * Files are written by `output/write-files.ts`; everything else of the run is a pure function of its inputs.
 */
export interface Effects {
  /** The present moment; read only where `--as-of` is not given, and for timings. */
  now(): Date;
  /** Reports that a step of the run begins, in words for a person ("Loading tracking_data.csv"). */
  progress(step: string): void;
  /** Aborted when the user presses Ctrl-C or the caller gives up. */
  signal: AbortSignal;
}

/** Effects for programs that do not want to watch: the real clock, no progress, never aborted. */
export function quietEffects(): Effects {
  return { now: () => new Date(), progress: () => {}, signal: new AbortController().signal };
}
