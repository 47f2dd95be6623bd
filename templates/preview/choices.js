const SEARCH_FROM = 9;

/**
 * Turns a fieldset with a legend into a list of check boxes, with a search box where they are many and a button that
 * clears them. The fieldset gets an `input` event from every change, also from clearing.
 *
 * @param fieldset - `data-choices` is the name of its check boxes
 * @returns `offer(values)`, `choose(values)` and `chosen()`, all with lists of texts
 */
export function createChoices(fieldset) {
  const name = fieldset.dataset.choices;
  const title = fieldset.querySelector('legend').textContent;
  const search = make('input', {
    type: 'search',
    placeholder: 'Search',
    ariaLabel: `Search ${title.toLowerCase()}`,
  });
  const list = make('ul', {});
  const nothing = make('p', { className: 'quiet', textContent: 'Nothing matches.', hidden: true });
  const clear = make('button', { type: 'button', className: 'plain clear' });
  fieldset.append(search, list, nothing, clear);
  let offered = [];

  const boxes = () => [...list.querySelectorAll('input')];
  const chosen = () =>
    boxes()
      .filter((box) => box.checked)
      .map((box) => box.value);

  function count() {
    const { length } = chosen();
    clear.hidden = length === 0;
    clear.textContent = `Clear ${length}`;
    clear.ariaLabel = `Clear ${length} of ${title.toLowerCase()}`;
  }

  function find() {
    const wanted = search.value.trim().toLowerCase();
    let found = 0;
    for (const box of boxes()) {
      const isFound = box.value.toLowerCase().includes(wanted);
      box.closest('li').hidden = !isFound;
      if (isFound) found += 1;
    }
    nothing.hidden = found > 0 || offered.length === 0;
  }

  /** Rows for what is offered, and for what is chosen though the data have it no more, so that it can be taken away. */
  function draw(wanted) {
    const held = document.activeElement?.name === name ? document.activeElement.value : null;
    const known = new Set(offered.map((value) => value.toLowerCase()));
    const isWanted = new Set(wanted.map((value) => value.toLowerCase()));
    const strange = wanted.filter((value) => !known.has(value.toLowerCase()));
    list.replaceChildren(
      ...offered.map((value) => row(value, isWanted.has(value.toLowerCase()))),
      ...strange.map((value) => row(value, true, 'not in the data')),
    );
    search.hidden = offered.length < SEARCH_FROM;
    if (search.hidden) search.value = '';
    find();
    count();
    if (held !== null) (boxes().find((box) => box.value === held) ?? boxes()[0])?.focus();
  }

  function row(value, checked, remark) {
    // What is cut off to fit in one line is there for who points at it.
    const label = make('label', { title: value });
    label.append(
      make('input', { type: 'checkbox', name, value, checked }),
      make('span', { textContent: value, dir: 'auto' }),
    );
    if (remark) label.append(make('small', { textContent: remark }));
    const item = make('li', {});
    item.append(label);
    return item;
  }

  search.addEventListener('input', (event) => {
    event.stopPropagation();
    find();
  });
  fieldset.addEventListener('input', count);
  clear.addEventListener('click', () => {
    for (const box of boxes()) box.checked = false;
    (search.hidden ? boxes()[0] : search)?.focus();
    fieldset.dispatchEvent(new Event('input', { bubbles: true }));
  });

  return {
    offer(values) {
      if (JSON.stringify(values) === JSON.stringify(offered)) return;
      offered = values;
      draw(chosen());
    },
    choose(values) {
      const wanted = new Set(values.map((value) => value.toLowerCase()));
      const shown = new Set(boxes().map((box) => box.value.toLowerCase()));
      const isKnown = values.every((value) => shown.has(value.toLowerCase()));
      if (!isKnown || boxes().length > offered.length) return draw(values);
      for (const box of boxes()) box.checked = wanted.has(box.value.toLowerCase());
      count();
    },
    chosen,
  };
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}
