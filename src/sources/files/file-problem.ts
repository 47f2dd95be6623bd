import os from 'node:os';
import { errorCode, ReportError } from '../../errors.js';
import type { FoundFile } from '../row-file.js';
import { dataError } from '../source-file.js';

/** Compressed or archived bytes that end too early, contradict themselves, or are too many. */
export class DamagedFile extends Error {
  override name = 'DamagedFile';
  readonly fault: 'cut' | 'broken' | 'too-large';

  constructor(fault: DamagedFile['fault'], cause?: unknown) {
    super(`The file is ${fault}.`, { cause });
    this.fault = fault;
  }
}

/**
 * What a person can do about a failure to read a file (exit code 3): missing-file, unreadable-file, no-space.
 * An error that is one of ours already stays as it is; one that is no failure to read is thrown on, as a bug.
 */
export function problemOf(file: Pick<FoundFile, 'name'>, error: unknown): ReportError {
  if (error instanceof ReportError) return error;
  const code = errorCode(error);
  if (error instanceof DamagedFile) return damaged(file.name, error.fault, error);
  if (code.startsWith('Z_')) return damaged(file.name, code === 'Z_BUF_ERROR' ? 'cut' : 'broken', error);
  if (code === '') throw error;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return dataError('missing-file', `${file.name} does not exist.`, 'Put the file there again.', error);
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return dataError(
      'no-space',
      `${file.name} cannot be unpacked: there is no room left in ${os.tmpdir()}.`,
      'Free some space, or set TMPDIR to a folder with more room, and run again.',
      error,
    );
  }
  const [reason, hint] = READING[code] ?? [
    `the system says ${code}`,
    'Copy it to a local disk and run again.',
  ];
  return dataError('unreadable-file', `${file.name} cannot be read: ${reason}.`, hint, error);
}

const NO_PERMISSION = [
  'you have no permission to read it',
  'Give yourself permission to read it and run again.',
] as const;

const READING: Record<string, readonly [reason: string, hint: string]> = {
  EACCES: NO_PERMISSION,
  EPERM: NO_PERMISSION,
  EBUSY: ['another program has locked it', 'Close it in the other program and run again.'],
  EISDIR: ['it is a folder', 'Name a file, or give yourself permission to list the folder.'],
  EMFILE: ['too many files are open', 'Put fewer files into the folder, or raise the limit of open files.'],
};

function damaged(name: string, fault: DamagedFile['fault'], cause: unknown): ReportError {
  const [complaint, hint] = DAMAGED[fault];
  return dataError('unreadable-file', `${name} ${complaint}.`, hint, cause);
}

const COPY = 'Copy or download the file again and run again.';

const DAMAGED: Record<DamagedFile['fault'], readonly [complaint: string, hint: string]> = {
  cut: ['is not complete: it ends in the middle of its compressed data', COPY],
  broken: ['is damaged: its compressed data cannot be unpacked', COPY],
  'too-large': ['is too large for a workbook', 'Save its tables as CSV UTF-8 and run again.'],
};
