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
const options = { strict: true, noEscape: false, preventIndent: true };

/**
 * Fills the template `report.hbs` and, from there, the partials: `partials/<name>.hbs` by their names, `sections/<id>.hbs` through
 * `partialOf`.
 *
 * @throws ReportError `template-failed` (exit code 4) that names the template's file
 */
export function fillTemplates(templates: Templates, report: Report, view: object): string {
  const engine = Handlebars.create();
  registerHelpers(engine, report, templates);
  for (const [name, { text, file }] of templates) {
    if (!name.endsWith('.hbs')) continue;
    const template = engine.compile(text, options);
    const partial = (context: unknown, runtime?: Handlebars.RuntimeOptions) =>
      naming(file, () => template(context, runtime));
    engine.registerPartial(name.replace(/^partials\//, '').replace(/\.hbs$/, ''), partial);
  }
  const main = engine.partials.report as Handlebars.Template;
  return (main as Handlebars.TemplateDelegate)(view);
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
    Handlebars.create().compile(text, { ...options, noEscape: escaping === 'none' })(view),
  );
}

function naming<Result>(file: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw templateFailed(file, error);
  }
}

/** Whatever a template threw, as a ReportError `template-failed` (exit code 4) that names its file. */
export function templateFailed(file: string, error: unknown): ReportError {
  if (error instanceof ReportError) return error;
  return new ReportError(`The template ${file} failed: ${messageOf(error)}`, {
    code: 'template-failed',
    exitCode: EXIT.rendering,
    hint: 'Mend the template, or remove it from theme.templates to use the built-in one.',
    cause: error,
  });
}

function registerHelpers(engine: typeof Handlebars, { meta, sections }: Report, templates: Templates): void {
  const format = createFormat(meta.locale, meta.currency);
  const titles = new Map(sections.map(({ id, title }) => [id, title]));
  engine.registerHelper({
    value: (value: Value, unit: Unit) => format.value(value, unit),
    compact: (value: number | null, unit: Unit) => compactFigure(value, unit, format),
    date: (day: string) => format.date(day),
    capital: (text: string) => text.charAt(0).toUpperCase() + text.slice(1),
    sectionTitle: (id: string) => titles.get(id) ?? id,
    sparkline: (values: (number | null)[]) => sparkline(values),
    changeView: (
      id: string,
      kind: 'relative' | 'absolute',
      unit: 'ratio' | 'share' | 'money',
      change: number | null,
    ) => changeView(id, kind, unit, change, format),
    partialOf: (id: string) => {
      const name = `sections/${id}`;
      if (!templates.has(`${name}.hbs`))
        throw new Error(`there is no template ${name}.hbs for the section "${id}"`);
      return name;
    },
    tableView: (table: Table | undefined, { hash }: Handlebars.HelperOptions) => {
      if (!table) throw new Error('a table that this template shows is not in the report');
      return tableView(table, hash as TableOptions, format);
    },
  });
}
