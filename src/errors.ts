/** Exit codes of the command line. */
export const EXIT = {
  ok: 0,
  bug: 1,
  usage: 2,
  data: 3,
  rendering: 4,
  delivery: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface ReportErrorOptions {
  /** Stable, kebab-case name of the failure, for scripts. */
  code: string;
  exitCode: ExitCode;
  /** What the user can do about it; one sentence. */
  hint?: string;
  cause?: unknown;
}

/**
 * An expected failure: something the user can read, understand and mend.
 * Everything else that is thrown counts as a bug of ours (exit code 1).
 */
export class ReportError extends Error {
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;

  constructor(message: string, { code, exitCode, hint, cause }: ReportErrorOptions) {
    super(message, { cause });
    this.name = 'ReportError';
    this.code = code;
    this.exitCode = exitCode;
    this.hint = hint;
  }
}

/** The message of anything thrown, for use inside another message. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The code of a system error, as Node.js names it ("ENOENT"); '' for anything else. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
