import { ReportError } from '../errors.js';

/** A failure as the page shows it. */
export interface ToldError {
  message: string;
  hint: string | null;
  code: string;
}

/** What a failure tells the page; of a bug of ours nothing: whoever runs the preview is told. */
export function told(error: unknown): ToldError {
  if (error instanceof ReportError)
    return { message: error.message, hint: error.hint ?? null, code: error.code };
  return {
    message: 'The report could not be made.',
    hint: 'This is a bug in roi-report; the terminal in which the preview runs says more.',
    code: 'bug',
  };
}

const STATUS: Record<string, 400 | 503> = { 'bad-address': 400, 'too-busy': 503 };

/** The HTTP status of a failure. */
export function statusOf({ code }: ToldError): 400 | 500 | 503 {
  return STATUS[code] ?? 500;
}
