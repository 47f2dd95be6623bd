import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { EXIT, ReportError } from '../errors.js';

/** A YAML file that fits its schema. */
export interface ParsedYaml<Value> {
  value: Value;
  /** `report.yaml, line 7` for a setting by its keys; only the file where the setting is not in it. */
  placeOf(keys: readonly (string | number)[]): string;
}

/**
 * Reads the text of a YAML file by a schema.
 *
 * @param file - as messages name it
 * @param hint - where the settings are described
 * @throws ReportError `config-invalid` (exit code 2) that names file, line and setting of everything that is wrong
 */
export function parseYaml<Schema extends z.ZodType>(
  text: string,
  { file, schema, hint }: { file: string; schema: Schema; hint: string },
): ParsedYaml<z.output<Schema>> {
  const invalid = (message: string) =>
    new ReportError(message, { code: 'config-invalid', exitCode: EXIT.usage, hint });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [problem] = document.errors;
  if (problem)
    throw invalid(`${file}, line ${lines.linePos(problem.pos[0]).line}: ${problem.message.split('\n')[0]}`);

  const placeOf = (keys: readonly (string | number)[]) => {
    const node =
      keys.length > 0 ? (document.getIn(keys, true) ?? document.getIn(keys.slice(0, -1), true)) : null;
    const offset = (node as { range?: [number, number, number] | null } | null)?.range?.[0];
    return offset === undefined ? file : `${file}, line ${lines.linePos(offset).line}`;
  };
  const result = schema.safeParse(document.toJS() ?? {});
  if (result.success) return { value: result.data, placeOf };
  throw invalid(problemsOf(result.error, placeOf));
}

/**
 * What is wrong with settings, a line each.
 *
 * @param placeOf - where a setting stands, by its keys
 */
export function problemsOf(error: z.ZodError, placeOf: (keys: (string | number)[]) => string): string {
  return error.issues
    .map((issue) => {
      const keys = keysOf(issue);
      return `${placeOf(keys)}, ${keys.join('.') || 'top level'}: ${reasonOf(issue)}`;
    })
    .join('\n');
}

function keysOf(issue: z.core.$ZodIssue): (string | number)[] {
  const keys = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  return issue.code === 'unrecognized_keys' ? [...keys, issue.keys[0] ?? ''] : keys;
}

function reasonOf(issue: z.core.$ZodIssue): string {
  return (issue.code === 'invalid_key' && issue.issues[0]?.message) || issue.message;
}
