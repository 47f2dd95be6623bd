import { EXIT, ReportError } from '../errors.js';

/**
 * An own section that cannot be computed: ReportError `section-failed`. The report shows its message, in one line, in the section's place.
 */
export function sectionFailed(message: string, hint?: string, cause?: unknown): ReportError {
  const line = message.replaceAll(/\s*\n\s*/g, ' ').trim();
  const sentence = /[.!?]$/.test(line) ? line : `${line}.`;
  return new ReportError(hint === undefined ? sentence : `${sentence} ${hint}`, {
    code: 'section-failed',
    exitCode: EXIT.usage,
    cause,
  });
}
