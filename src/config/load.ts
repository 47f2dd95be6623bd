import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, messageOf, ReportError } from '../errors.js';
import { type Config, configSchema } from './schema.js';
import { parseYaml, problemsOf } from './yaml-text.js';

const HINT = 'The settings and their defaults are described in config/report.yaml of the package.';

/**
 * Reads and checks a configuration file; what it leaves out gets its default. Without a file all is default.
 * A relative `theme.templates` and the folders of `sections` start from the folder of the file; what comes back is absolute. The own
 * sections are read too, so that what is wrong with them is told at once.
 *
 * @throws ReportError (exit code 2) that names file, line and setting
 */
export async function loadConfig(file: string | null): Promise<Config> {
  if (file === null) return configSchema.parse({});
  return withWholePaths(parseConfig(await readConfig(file), file), path.dirname(file));
}

/**
 * A configuration whose paths are absolute, and whose own sections can be read.
 *
 * @param folder - what its relative paths start from
 * @throws ReportError (exit code 2) for an own section that cannot be used; see `readOwnSections`
 */
async function withWholePaths(config: Config, folder: string): Promise<Config> {
  const { templates } = config.theme;
  const sections = config.sections.map((section) => path.resolve(folder, section));
  if (sections.length > 0) {
    const { readOwnSections } = await import('./own-sections.js');
    await readOwnSections(sections);
  }
  return {
    ...config,
    sections,
    theme: { templates: templates === null ? null : path.resolve(folder, templates) },
  };
}

/**
 * As `loadConfig`, for settings that a program holds; its paths start from `folder`.
 *
 * @throws ReportError (exit code 2) that names the setting
 */
export async function configOf(settings: unknown, folder: string): Promise<Config> {
  const result = configSchema.safeParse(settings);
  if (result.success) return withWholePaths(result.data, folder);
  throw new ReportError(
    problemsOf(result.error, () => 'The configuration'),
    { code: 'config-invalid', exitCode: EXIT.usage, hint: HINT },
  );
}

/** As `loadConfig`, for the text of a configuration; its paths stay as they are written. */
export function parseConfig(text: string, file: string): Config {
  return parseYaml(text, { file, schema: configSchema, hint: HINT }).value;
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
