import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { EXIT, messageOf, ReportError } from '../errors.js';
import { type Config, configSchema } from './schema.js';

/**
 * Reads and checks a configuration file; what it leaves out gets its default. Without a file all is default.
 *
 * @throws ReportError (exit code 2) that names file, line and setting
 */
export async function loadConfig(file: string | null): Promise<Config> {
  if (file === null) return configSchema.parse({});
  return parseConfig(await readConfig(file), file);
}

/** As `loadConfig`, for the text of a configuration. */
export function parseConfig(text: string, file: string): Config {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const problem = document.errors[0];
  if (problem) {
    throw invalid(
      `${file}, line ${lineCounter.linePos(problem.pos[0]).line}: ${problem.message.split('\n')[0]}`,
    );
  }
  const result = configSchema.safeParse(document.toJS() ?? {});
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const path = pathOf(issue);
    const node =
      path.length > 0 ? (document.getIn(path, true) ?? document.getIn(path.slice(0, -1), true)) : null;
    const offset = (node as { range?: [number, number, number] | null } | null)?.range?.[0];
    const line = offset === undefined ? '' : `, line ${lineCounter.linePos(offset).line}`;
    return `${file}${line}, ${path.join('.') || 'top level'}: ${issue.message}`;
  });
  throw invalid(problems.join('\n'));
}

function pathOf(issue: z.core.$ZodIssue): (string | number)[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  return issue.code === 'unrecognized_keys' ? [...path, issue.keys[0] ?? ''] : path;
}

async function readConfig(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ReportError(`The configuration ${file} cannot be read: ${messageOf(error)}.`, {
      code: 'config-unreadable',
      exitCode: EXIT.usage,
      hint: 'Name an existing file with --config, or leave it out to use the defaults.',
      cause: error,
    });
  }
}

function invalid(message: string): ReportError {
  return new ReportError(message, {
    code: 'config-invalid',
    exitCode: EXIT.usage,
    hint: 'The settings and their defaults are described in config/report.yaml of the package.',
  });
}
