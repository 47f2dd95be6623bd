import { Failure } from './ask.js';
import { layOutLazily, layOutTheRest } from './lazily.js';
import { remember } from './remember.js';

/**
 * The frame that shows the report.
 *
 * @returns `show({ html, shell }, query)`, which resolves once the report is in the frame, and what else is done to it. As long
 * as the script (`shell`) stays the same the content is exchanged within the document, else the frame goes to the new one.
 */
export function createFrame(frame) {
  let loadedShell = null;

  function exchange(html) {
    const document = frame.contentDocument;
    // By the frame's own rules for content, not by the stricter ones of this page.
    const next = new frame.contentWindow.DOMParser().parseFromString(html, 'text/html');
    const restore = remember(document);
    const [style, nextStyle] = [document.querySelector('style'), next.querySelector('style')];
    if (style && nextStyle && style.textContent !== nextStyle.textContent) {
      style.textContent = nextStyle.textContent;
      adoptFonts(document);
    }
    document.title = next.title;
    document.documentElement.lang = next.documentElement.lang;
    document.body.className = next.body.className;
    document.body.replaceChildren(...next.body.childNodes);
    document.dispatchEvent(new Event('reportchange'));
    restore();
  }

  const places = () => [...frame.contentDocument.querySelectorAll('svg[data-waits-for]')];

  async function go(query) {
    const restore = remember(frame.contentDocument);
    loadedShell = null;
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    frame.contentWindow.location.replace(`/report${query && `?${query}`}`);
    await loaded;
    const document = frame.contentDocument;
    if (!document?.querySelector('main')) {
      throw new Failure({ message: 'The report could not be opened.', hint: 'Reload the page.' });
    }
    layOutLazily(document);
    adoptFonts(document);
    restore(document);
  }

  return {
    async show({ html, shell }, query) {
      if (shell === loadedShell) return exchange(html);
      await go(query);
      loadedShell = shell;
    },
    /** Whether charts of the report are still to come; `fillIn` puts them into their places. */
    lacksCharts() {
      return places().length > 0;
    },
    fillIn(charts) {
      for (const place of places()) {
        const chart = charts[place.dataset.waitsFor];
        if (chart) place.outerHTML = chart;
      }
    },
    /** What can wait until the new report has been drawn. */
    settle() {
      layOutTheRest(frame.contentDocument);
    },
    focus() {
      frame.contentWindow.focus();
    },
  };
}

let adopted = '';

/** The page uses the fonts of the report, by the rules that the report has for them. */
function adoptFonts(report) {
  const rules = [...report.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule.constructor.name === 'CSSFontFaceRule')
    .map((rule) => rule.cssText)
    .join('\n');
  if (rules === adopted) return;
  adopted = rules;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [sheet];
}
