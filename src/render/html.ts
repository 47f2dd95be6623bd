import { createHash } from 'node:crypto';
import { EXIT, ReportError } from '../errors.js';
import { fontFaceCss, fontStack } from '../fonts/embed.js';
import type { Report } from '../report/schema.js';
import { type Page, pageCss } from './page-css.js';
import { fillTemplates } from './template-engine.js';
import { type Templates, templateOf } from './templates.js';
import { reportView } from './view.js';

export interface HtmlInputs {
  report: Report;
  /** `section/chart` → SVG. */
  svgs: ReadonlyMap<string, string>;
  templates: Templates;
  page: Page;
  /** The address of a font file by its path, where the document is shown by a server of ours; without it, fonts are inside. */
  fontAddress?: (file: string) => string;
}

const SHEETS = ['report.css', 'screen.css', 'print.css'];
const STYLES = '/* styles */';
const PLACE = `<style>${STYLES}`;

/**
 * The report as one self-contained HTML document: styles, fonts, charts and script are inside it, and its own
 * Content-Security-Policy lets nothing else in. Fonts are chosen by the text, so the styles go in last.
 *
 * @returns the document, and the characters that none of the report's fonts has
 * @throws ReportError `template-failed` (exit code 4) that names the template that fails or has no place for the styles
 */
export function renderHtml({ report, svgs, templates, page, fontAddress }: HtmlInputs): {
  html: string;
  uncovered: string[];
} {
  const script = templateOf(templates, 'scripts/report.js').text;
  const document = fillTemplates(templates, report, {
    ...reportView(report, svgs),
    page,
    script,
    styles: STYLES,
    contentSecurityPolicy: [
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      fontAddress ? "font-src 'self'" : 'font-src data:',
      'img-src data:',
      `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; '),
  });
  if (!document.includes(PLACE)) {
    throw new ReportError(
      `The template ${templateOf(templates, 'report.hbs').file} has no place for the styles.`,
      {
        code: 'template-failed',
        exitCode: EXIT.rendering,
        hint: 'Put <style>{{{styles}}}</style> into its head, exactly so.',
      },
    );
  }
  const { css, uncovered } = fontFaceCss(document, undefined, fontAddress);
  const fonts = `:root { --fonts: ${fontStack}; }`;
  const sheets = SHEETS.map((name) => templateOf(templates, `styles/${name}`).text);
  const styles = [css, fonts, ...sheets, pageCss(report, page)].join('\n');
  return { html: document.replace(PLACE, () => `<style>${styles}`), uncovered };
}
