import { parseArgs } from 'node:util';
import { EXIT, messageOf, ReportError } from '../errors.js';
import type { SampleOptions } from './generate.js';

const USAGE = 'Usage: npm run sample-data -- [--size N] [--out DIR] [--seed N]';

/**
 * The options that the command's arguments give: 3,000 rows into `data` with seed 39 where they say nothing.
 * @throws ReportError (exit code 2) for an unknown flag or a value out of range
 */
export function parseOptions(args: readonly string[]): SampleOptions {
  const { size, seed, out } = parseFlags(args);
  if (out === '') throw usageError('--out needs the name of a folder.');
  return {
    size: wholeNumber('--size', size, 1, 1_000_000_000),
    seed: wholeNumber('--seed', seed, 0, 2 ** 32 - 1),
    out,
  };
}

function parseFlags(args: readonly string[]): { size: string; seed: string; out: string } {
  try {
    return parseArgs({
      args: [...args],
      options: {
        size: { type: 'string', default: '3000' },
        seed: { type: 'string', default: '39' },
        out: { type: 'string', default: 'data' },
      },
    }).values;
  } catch (error) {
    const [reason] = messageOf(error).split(/\.\s/);
    throw usageError(`${reason}.`, error);
  }
}

function wholeNumber(flag: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw usageError(`${flag} must be a whole number from ${least} to ${most}, not "${text}".`);
}

function usageError(message: string, cause?: unknown): ReportError {
  return new ReportError(message, { code: 'sample-usage', exitCode: EXIT.usage, hint: USAGE, cause });
}
