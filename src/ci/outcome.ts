import { EXIT, messageOf, ReportError } from '../errors.js';
import type { Report } from '../report/schema.js';
import type { FileFacts } from './file-facts.js';
import type { GateResult } from './judge-gates.js';

/** What a build brought. */
export interface BuildOutcome {
  report: Report;
  gates: readonly GateResult[];
  /** What it wrote into the edition's folder. */
  outputs: readonly FileFacts[];
}

/** Why a build brought nothing. */
export interface BuildFailure {
  /** Stable name of the failure. */
  code: string;
  /** May have several lines. */
  message: string;
  hint: string | null;
  exitCode: number;
}

/** Anything that was thrown, as a failure; what is no ReportError is a bug of ours. */
export function failureOf(error: unknown): BuildFailure {
  if (error instanceof ReportError) {
    const { code, message, hint = null, exitCode } = error;
    return { code, message, hint, exitCode };
  }
  return { code: 'bug', message: messageOf(error), hint: 'This is a bug in roi-report.', exitCode: EXIT.bug };
}
