import { layOut } from './lazily.js';

const FOCUSABLE = 'a[href], button, input, select, textarea, [tabindex]';

/**
 * Notes what a reader of a report has before them: the place, the focus, how tables are sorted and how tall sections are.
 *
 * @returns a function that brings it back after the content was exchanged, as far as the new one has it; it takes the
 * document, which is the same unless given
 */
export function remember(document) {
  const { scrollY: top, innerHeight } = document.defaultView;
  const sections = [...document.querySelectorAll('main > section')].map((section) => {
    const box = section.getBoundingClientRect();
    const { paddingTop, paddingBottom } = document.defaultView.getComputedStyle(section);
    const height = Math.round(box.height - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom));
    return { id: section.id, box, height, isInView: box.bottom > 0 && box.top < innerHeight };
  });
  const read = sections.find(({ box }) => box.bottom > innerHeight / 3);
  const sorted = [...document.querySelectorAll('th[aria-sort]')].map((head) => ({
    selector: selectorOf(head),
    key: head.dataset.key,
    order: head.ariaSort,
  }));
  const focused = focusOf(document);

  return (now = document) => {
    for (const { id, height, isInView } of sections) {
      const section = now.getElementById(id);
      if (!section) continue;
      section.style.containIntrinsicSize = `auto ${height}px`;
      // Laid out at once, since the place below depends on how tall it has become.
      if (isInView) layOut(section);
    }
    for (const { selector, key, order } of sorted) sort(now, selector, key, order);
    const target = top > 0 && read ? now.getElementById(read.id) : null;
    if (target) now.defaultView.scrollBy(0, target.getBoundingClientRect().top - read.box.top);
    if (focused) focused(now)?.focus({ preventScroll: true });
  };
}

function sort(document, selector, key, order) {
  const head = document.querySelector(`${selector} th[data-key="${CSS.escape(key)}"]`);
  // The first click may give the other order.
  for (let click = 0; head && head.ariaSort !== order && click < 2; click += 1) {
    head.querySelector('button')?.click();
  }
}

/** A function that finds in a document what has the focus in this one, or its place; null where the focus is elsewhere. */
function focusOf(document) {
  const { frameElement } = document.defaultView;
  const element = document.activeElement;
  if (frameElement.ownerDocument.activeElement !== frameElement) return null;
  if (!element || element === document.body) return null;
  const selector = selectorOf(element);
  const index = focusable(document, selector).indexOf(element);
  return (next) =>
    (element.id && next.getElementById(element.id)) ||
    focusable(next, selector)[index] ||
    focusable(next, 'main')[0] ||
    null;
}

function focusable(document, selector) {
  return [...document.querySelectorAll(`${selector} :is(${FOCUSABLE})`)];
}

/** The smallest part of the report around an element that has a name: a table of a section, a section, the page. */
function selectorOf(element) {
  const section = element.closest('section[id]');
  const table = element.closest('[data-table]');
  return [
    section ? `#${CSS.escape(section.id)}` : 'body',
    ...(table ? [`[data-table="${CSS.escape(table.dataset.table)}"]`] : []),
  ].join(' ');
}
