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
  return withReadableSections(await loadSettings(file));
}

/** As `loadConfig`, without looking at the own sections. */
export async function loadSettings(file: string | null): Promise<Config> {
  if (file === null) return configSchema.parse({});
  return withWholePaths(parseConfig(await readConfig(file), file), path.dirname(file));
}

/** @param folder - what the relative paths of the configuration start from */
function withWholePaths(config: Config, folder: string): Config {
  const { templates } = config.theme;
  return {
    ...config,
    sections: config.sections.map((section) => path.resolve(folder, section)),
    theme: { templates: templates === null ? null : path.resolve(folder, templates) },
  };
}

async function withReadableSections(config: Config): Promise<Config> {
  if (config.sections.length === 0) return config;
  const { readOwnSections } = await import('./own-sections.js');
  await readOwnSections(config.sections);
  return config;
}

/**
 * As `loadConfig`, for settings that a program holds; its paths start from `folder`.
 *
 * @throws ReportError (exit code 2) that names the setting
 */
export async function configOf(settings: unknown, folder: string): Promise<Config> {
  const result = configSchema.safeParse(settings);
  if (result.success) return withReadableSections(withWholePaths(result.data, folder));
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
