// What is wrong with the page that is open, as lists of words; each list is empty on a good page.
(() => {
  const TOLERANCE = 1;
  const words = (element) => `${element.tagName} ${(element.textContent ?? '').trim().slice(0, 60)}`;
  const shown = (element) => element.checkVisibility() && element.getClientRects().length > 0;
  const width = document.documentElement.clientWidth;
  const hides = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflowX !== 'visible') return at;
    }
    return null;
  };

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (node.data.trim() === '' || parent.closest('svg, script') || !shown(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    texts.push({ parent, rects: [...range.getClientRects()] });
  }

  const wide = texts
    .filter(({ parent, rects }) => !hides(parent) && rects.some((rect) => rect.right > width + TOLERANCE))
    .map(({ parent }) => words(parent));
  const wideBoxes = [...document.querySelectorAll('main *')]
    .filter((element) => !element.closest('svg') || element.tagName === 'svg')
    .filter((element) => shown(element) && !hides(element.parentElement))
    .filter((element) => element.getBoundingClientRect().right > width + TOLERANCE)
    .map(words);

  const clipped = texts
    .filter(({ parent, rects }) => {
      const box = hides(parent);
      if (!box || box.matches('.scroll')) return false;
      if (getComputedStyle(box).textOverflow === 'ellipsis') return false;
      return rects.some((rect) => rect.right > box.getBoundingClientRect().right + TOLERANCE);
    })
    .map(({ parent }) => words(parent));

  const escaping = texts
    .filter(({ parent, rects }) => {
      const box = parent.closest('.kpi, .small-kpis > div, .findings li > *, .table, .chart');
      if (!box || hides(parent)) return false;
      return rects.some((rect) => rect.right > box.getBoundingClientRect().right + TOLERANCE);
    })
    .map(({ parent }) => words(parent));

  const outside = [];
  const overlaps = [];
  for (const svg of document.querySelectorAll('svg')) {
    if (!shown(svg)) continue;
    const frame = svg.getBoundingClientRect();
    const labels = [...svg.querySelectorAll('text')]
      .filter((text) => text.textContent.trim() !== '' && getComputedStyle(text).opacity !== '0')
      .map((text) => ({ text, box: text.getBoundingClientRect() }));
    for (const { text, box } of labels) {
      const inside =
        box.left >= frame.left - TOLERANCE &&
        box.right <= frame.right + TOLERANCE &&
        box.top >= frame.top - TOLERANCE &&
        box.bottom <= frame.bottom + TOLERANCE;
      if (!inside) outside.push(words(text));
    }
    labels.forEach(({ text, box }, index) => {
      for (const { text: other, box: next } of labels.slice(index + 1)) {
        const across = Math.min(box.right, next.right) - Math.max(box.left, next.left);
        const down = Math.min(box.bottom, next.bottom) - Math.max(box.top, next.top);
        // A line's box reaches above and below its letters.
        if (across > TOLERANCE && down > TOLERANCE + 1) overlaps.push(`${words(text)} / ${words(other)}`);
      }
    });
  }
  const first = (list) => [...new Set(list)].slice(0, 6);
  return {
    wide: first([...wide, ...wideBoxes]),
    clipped: first(clipped),
    escaping: first(escaping),
    outside: first(outside),
    overlaps: first(overlaps),
    scrolling:
      document.documentElement.scrollWidth > width ? [`${document.documentElement.scrollWidth} px`] : [],
  };
})();
