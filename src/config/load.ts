import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { EXIT, messageOf, ReportError } from '../errors.js';
import { type Config, configSchema } from './schema.js';

/**
 * Reads and checks a configuration file; what it leaves out gets its default. Without a file all is default.
 * A relative `theme.templates` starts from the folder of the file; what comes back is absolute.
 *
 * @throws ReportError (exit code 2) that names file, line and setting
 */
export async function loadConfig(file: string | null): Promise<Config> {
  if (file === null) return configSchema.parse({});
  const config = parseConfig(await readConfig(file), file);
  const { templates } = config.theme;
  if (templates === null) return config;
  return { ...config, theme: { templates: path.resolve(path.dirname(file), templates) } };
}

/** As `loadConfig`, for the text of a configuration; its paths stay as they are written. */
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
    const keys = keysOf(issue);
    const node =
      keys.length > 0 ? (document.getIn(keys, true) ?? document.getIn(keys.slice(0, -1), true)) : null;
    const offset = (node as { range?: [number, number, number] | null } | null)?.range?.[0];
    const line = offset === undefined ? '' : `, line ${lineCounter.linePos(offset).line}`;
    return `${file}${line}, ${keys.join('.') || 'top level'}: ${reasonOf(issue)}`;
  });
  throw invalid(problems.join('\n'));
}

function keysOf(issue: z.core.$ZodIssue): (string | number)[] {
  const keys = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  return issue.code === 'unrecognized_keys' ? [...keys, issue.keys[0] ?? ''] : keys;
}

function reasonOf(issue: z.core.$ZodIssue): string {
  return (issue.code === 'invalid_key' && issue.issues[0]?.message) || issue.message;
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
