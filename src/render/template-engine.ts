import Handlebars from 'handlebars';
import { EXIT, messageOf, ReportError } from '../errors.js';
import { createFormat, type Format, type Unit, type Value } from '../format/format.js';
import type { Report, Table } from '../report/schema.js';
import { changeView } from './change-view.js';
import { sparkline } from './sparkline.js';
import { type TableOptions, tableView } from './table-view.js';
import { type Templates, templateOf } from './templates.js';

/** A figure as page 1 shows it: money with its sign and few digits, everything else in its unit. */
export function compactFigure(value: number | null, unit: Unit, format: Format): string {
  if (unit === 'money') return format.compact(value);
  return unit === 'price' ? format.price(value) : format.value(value, unit);
}

/** Strict: a name that the report does not have is an error, not an empty place. Everything is escaped. */
const strictly = { strict: true, noEscape: false, preventIndent: true };

/** The partial of a section that has none of its own. */
const PLAIN_SECTION = 'plain-section';

/** What the helpers know of the report that is being filled in. */
interface Words {
  format: Format;
  /** Titles of the sections by their ids. */
  titles: ReadonlyMap<string, string>;
}

type Options = Handlebars.HelperOptions;

/** Compiling takes as long as filling, so that it is done once for all reports of the same templates. */
const compiled = new WeakMap<Templates, Handlebars.TemplateDelegate>();

/**
 * Fills the template `report.hbs` and, from there, the partials: `partials/<name>.hbs` by their names, `sections/<id>.hbs` through
 * `partialOf`.
 *
 * @throws ReportError `template-failed` (exit code 4) that names the template's file
 */
export function fillTemplates(templates: Templates, report: Report, view: object): string {
  const main = compiled.get(templates) ?? compile(templates);
  compiled.set(templates, main);
  const words: Words = {
    format: createFormat(report.meta.locale, report.meta.currency),
    titles: new Map(report.sections.map(({ id, title }) => [id, title])),
  };
  return main(view, { data: { words } });
}

function compile(templates: Templates): Handlebars.TemplateDelegate {
  const engine = Handlebars.create();
  registerHelpers(engine, templates);
  for (const [name, { text, file }] of templates) {
    if (!name.endsWith('.hbs')) continue;
    const template = engine.compile(text, strictly);
    const partial = (context: unknown, runtime?: Handlebars.RuntimeOptions) =>
      naming(file, () => template(context, runtime));
    engine.registerPartial(name.replace(/^partials\//, '').replace(/\.hbs$/, ''), partial);
  }
  return engine.partials.report as Handlebars.TemplateDelegate;
}

/**
 * Fills one template by itself, without helpers or partials.
 *
 * @param name - its path below `templates/`, such as `email/message.txt.hbs`
 * @param escaping - of values: for HTML, or none for plain text
 * @throws ReportError `template-failed` (exit code 4) that names the template's file
 */
export function fillTemplate(
  templates: Templates,
  name: string,
  view: object,
  escaping: 'html' | 'none',
): string {
  const { text, file } = templateOf(templates, name);
  return naming(file, () =>
    Handlebars.create().compile(text, { ...strictly, noEscape: escaping === 'none' })(view),
  );
}

function naming<Result>(file: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw templateFailed(file, error);
  }
}

/** Whatever a template threw, as a ReportError `template-failed` (exit code 4) that names its file, and the line where it is known. */
export function templateFailed(file: string, error: unknown): ReportError {
  if (error instanceof ReportError) return error;
  const line = lineOf(error);
  return new ReportError(
    `The template ${file}${line === null ? '' : `, line ${line},`} failed: ${reasonOf(error)}`,
    {
      code: 'template-failed',
      exitCode: EXIT.rendering,
      hint: 'Mend the template, or remove it from theme.templates to use the built-in one.',
      cause: error,
    },
  );
}

/** What Handlebars could not read, by the name that it has for it. */
const UNREADABLE: Readonly<Record<string, string>> = {
  EOF: 'a block is opened and never closed',
  OPEN_ENDBLOCK: 'a block is closed that is not open',
};

/** The message of an error; where Handlebars cannot read a template, in words instead of the list of what it can read there. */
function reasonOf(error: unknown): string {
  const message = messageOf(error);
  const [, opened, closed] = /^(\S+) doesn't match (\S+) - \d+:\d+$/.exec(message) ?? [];
  if (opened !== undefined) return `{{#${opened}}} is closed by {{/${closed}}}.`;
  const [, place, found = ''] =
    /^Parse error on line \d+:\n([^\n]*\n-*\^)\nExpecting [^\n]*got '(\w+)'$/.exec(message) ?? [];
  if (place === undefined) return message;
  return `${UNREADABLE[found] ?? 'what stands at the mark cannot be read'}.\n${place}`;
}

/** The line that Handlebars tells, in a number or in its message. */
function lineOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('lineNumber' in error && typeof error.lineNumber === 'number') return String(error.lineNumber);
  return /^Parse error on line (\d+)/.exec(error.message)?.[1] ?? null;
}

function wordsOf({ data }: Options): Words {
  return (data as { words: Words }).words;
}

function registerHelpers(engine: typeof Handlebars, templates: Templates): void {
  engine.registerHelper({
    value: (value: Value, unit: Unit, options: Options) => wordsOf(options).format.value(value, unit),
    compact: (value: number | null, unit: Unit, options: Options) =>
      compactFigure(value, unit, wordsOf(options).format),
    date: (day: string, options: Options) => wordsOf(options).format.date(day),
    capital: (text: string) => text.charAt(0).toUpperCase() + text.slice(1),
    sectionTitle: (id: string, options: Options) => wordsOf(options).titles.get(id) ?? id,
    sparkline: (values: (number | null)[]) => sparkline(values),
    changeView: (
      id: string,
      kind: 'relative' | 'absolute',
      unit: 'ratio' | 'share' | 'money',
      change: number | null,
      options: Options,
    ) => changeView(id, kind, unit, change, wordsOf(options).format),
    partialOf: (id: string) => {
      const name = `sections/${id}`;
      if (templates.has(`${name}.hbs`)) return name;
      if (templates.has(`partials/${PLAIN_SECTION}.hbs`)) return PLAIN_SECTION;
      throw new Error(`there is no template ${name}.hbs for the section "${id}"`);
    },
    tableView: (table: Table | undefined, options: Options) => {
      if (!table) throw new Error('a table that this template shows is not in the report');
      return tableView(table, options.hash as TableOptions, wordsOf(options).format);
    },
  });
}
