import { createRequire } from 'node:module';
import { fillTemplate, templateFailed } from '../render/template-engine.js';
import { type Templates, templateOf } from '../render/templates.js';

type MjmlCore = typeof import('mjml-core', { with: { 'resolution-mode': 'require' }});
type MjmlPreset = typeof import('mjml-preset-core');

const require = createRequire(import.meta.url);

/**
 * Fills a template of MJML and turns it into the HTML of a message. The values are text, so they can add no tag; the template itself
 * may include no file.
 *
 * @param name - path of the template below `templates/`
 * @throws ReportError `template-failed` (exit code 4) that names the template's file
 */
export async function htmlOfMjml(templates: Templates, name: string, view: object): Promise<string> {
  const mjml = fillTemplate(templates, name, view, 'html');
  // Both are large, and nothing but messages needs them.
  const { default: mjml2html }: MjmlCore = require('mjml-core');
  const preset: MjmlPreset = require('mjml-preset-core');
  const options = {
    presets: [preset],
    validationLevel: 'strict' as const,
    ignoreIncludes: true,
    keepComments: false,
    fonts: {},
  };
  try {
    if (/<mj-include\b/i.test(mjml)) throw new Error('mj-include is not available; write its content here.');
    const { html } = await mjml2html(mjml, options);
    return compacted(html);
  } catch (error) {
    throw templateFailed(templateOf(templates, name).file, error);
  }
}

/** Without the empty lines and indents that MJML leaves: some mail programs cut a message off at 102 kB. */
function compacted(html: string): string {
  return `${html.replace(/\s*\n\s*/g, '\n').trim()}\n`;
}
