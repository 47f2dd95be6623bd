import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readOwnSections } from '../config/own-sections.js';
import { EXIT, messageOf, ReportError } from '../errors.js';
import { filesIn } from '../folders/files-in.js';
import { packageRoot } from '../package-root.js';

/** Every template and style by its path below `templates/`, such as `sections/trend.hbs`. */
export type Templates = ReadonlyMap<string, { text: string; file: string }>;

/** What was read last, by the user's folders. */
const lastRead = new Map<string, Templates>();

const builtIn = path.join(packageRoot, 'templates');
/** The page of the preview lies beside the templates of the report and is none of them. */
const PREVIEW = /^preview\//;

/**
 * Reads the built-in templates and, over them, the partials of the user's own sections and the files of the user's own folder: a file there
 * replaces the built-in one of the same path. As long as nothing in them changes, it is the same object, for which work is done only once.
 *
 * @param sections - folders of own sections; `section.hbs` in one becomes `sections/<id>.hbs`
 * @throws ReportError `templates-unreadable` (exit code 2) when the user's folder cannot be read; as `readOwnSections` does
 */
export async function readTemplates(
  ownFolder: string | null,
  sections: readonly string[] = [],
): Promise<Templates> {
  const templates = new Map(await readFolder(builtIn));
  for (const { id, partial } of await readOwnSections(sections)) {
    if (partial) templates.set(`sections/${id}.hbs`, partial);
  }
  const key = JSON.stringify([ownFolder, ...sections]);
  if (ownFolder === null) return lastOrNew(key, templates);
  try {
    for (const [name, template] of await readFolder(ownFolder)) templates.set(name, template);
    return lastOrNew(key, templates);
  } catch (error) {
    throw new ReportError(`The templates in ${ownFolder} cannot be read: ${messageOf(error)}.`, {
      code: 'templates-unreadable',
      exitCode: EXIT.usage,
      hint: 'Set theme.templates to a folder that exists, or to null for the built-in look.',
      cause: error,
    });
  }
}

/** @throws Error where neither the user nor the package has the template */
export function templateOf(templates: Templates, name: string): { text: string; file: string } {
  const template = templates.get(name);
  if (!template) throw new Error(`The template ${name} is missing from the package.`);
  return template;
}

function lastOrNew(key: string, templates: Templates): Templates {
  const last = lastRead.get(key);
  if (last?.size === templates.size) {
    const isSame = [...templates].every(
      ([name, { text, file }]) => last.get(name)?.text === text && last.get(name)?.file === file,
    );
    if (isSame) return last;
  }
  lastRead.set(key, templates);
  return templates;
}

async function readFolder(folder: string): Promise<[string, { text: string; file: string }][]> {
  const files = (await filesIn(folder)).filter(
    ({ name }) => /\.(hbs|css|js)$/.test(name) && !PREVIEW.test(name),
  );
  return Promise.all(
    files.map(
      async ({ file, name }): Promise<[string, { text: string; file: string }]> => [
        name,
        { text: await readFile(file, 'utf8'), file },
      ],
    ),
  );
}
