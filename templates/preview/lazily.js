/**
 * Sections out of sight are not laid out at first, which is most of the time that a new report takes. Paper shows them all. The
 * browser keeps no place over sections that turn out taller; we do.
 */
const STYLES = `@media screen {
  html { overflow-anchor: none; }
  main > .section { content-visibility: auto; contain-intrinsic-size: auto 1500px; overflow-clip-margin: 6px; }
}`;

const whenIdle = window.requestIdleCallback ?? setTimeout;

/** Lets the document of a report lay out its sections lazily; a link within it finds them laid out, and so its place. */
export function layOutLazily(document) {
  const sheet = new document.defaultView.CSSStyleSheet();
  sheet.replaceSync(STYLES);
  document.adoptedStyleSheets = [sheet];
  const follow = ({ target }) => {
    if (target.closest?.('a[href^="#"]')) for (const section of sectionsOf(document)) layOut(section);
  };
  document.addEventListener('click', follow, { capture: true });
}

/** Lays out what is left, section by section whenever there is nothing else to do, under the eyes of who reads on. */
export function layOutTheRest(document) {
  const waiting = sectionsOf(document);
  const next = () => {
    const section = waiting.shift();
    if (!section?.isConnected) return;
    const { bottom, height } = section.getBoundingClientRect();
    layOut(section);
    if (bottom <= 0) document.defaultView.scrollBy(0, section.getBoundingClientRect().height - height);
    whenIdle(next);
  };
  whenIdle(next);
}

/** Lays out one section for good. */
export function layOut(section) {
  section.style.contentVisibility = 'visible';
}

function sectionsOf(document) {
  return [...document.querySelectorAll('main > section')];
}
