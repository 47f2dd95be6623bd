(() => {
  const collator = new Intl.Collator();
  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.setAttribute('role', 'status');

  // What the listeners below need in the content, which the preview exchanges for another report's.
  function prepare() {
    for (const head of document.querySelectorAll('main thead th:not(:has(button))')) {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
    }
    // Only there are charts wider than their place; the question costs the layout of their section.
    if (matchMedia('(max-width: 560px)').matches) {
      for (const id of ['weekly-revenue', 'cumulative-roas']) {
        const scroll = document.querySelector(`#chart-${id} .scroll`);
        if (scroll) scroll.scrollLeft = scroll.scrollWidth;
      }
    }
    showBelow();
    tip.hidden = true;
    document.body.append(tip);
  }

  function sort(head) {
    const table = head.closest('table');
    const column = head.cellIndex;
    const numeric = head.classList.contains('figures');
    const was = head.getAttribute('aria-sort');
    const descending = was ? was === 'ascending' : numeric;
    for (const other of head.parentElement.cells) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
    const body = table.tBodies[0];
    const value = (row) => row.cells[column].dataset.value;
    const rows = [...body.rows].sort((a, b) => {
      const [left, right] = [value(a), value(b)];
      if (left === '' || right === '') return (left === '') - (right === '');
      const order = numeric ? left - right : collator.compare(left, right);
      return descending ? -order : order;
    });
    body.append(...rows);
  }

  function showBelow() {
    const control = document.querySelector('.threshold');
    const list = document.querySelector('[data-table="underperformers"] table');
    if (!control || !list) return;
    const keys = [...list.tHead.rows[0].cells].map((head) => head.dataset.key);
    const title = list.closest('.table').querySelector('h3');
    const none = list.closest('.table').querySelector('.none');
    const below = Number(control.querySelector('input').value);
    let count = 0;
    for (const row of list.tBodies[0].rows) {
      const roas = Number(row.cells[keys.indexOf('roas')].dataset.value);
      row.hidden = roas >= below;
      if (!row.hidden) count += 1;
    }
    control.querySelector('output').value = `${below.toFixed(2)}×`;
    title.textContent = title.textContent.replace(/[\d.,]+×/, `${below.toFixed(2)}×`);
    control.querySelector('#roas-below-count').textContent =
      count === 1 ? '1 influencer' : `${count} influencers`;
    if (none) none.hidden = count > 0;
    list.hidden = count === 0;
    control.hidden = false;
  }

  document.addEventListener('click', (event) => {
    const head = event.target.closest?.('main th button')?.parentElement;
    if (head) sort(head);
  });
  document.addEventListener('input', (event) => {
    if (event.target.closest('.threshold')) showBelow();
  });
  document.addEventListener('pointerover', (event) => {
    const text = event.target.closest?.('[data-tip]')?.dataset.tip;
    tip.hidden = !text;
    if (text) tip.textContent = text;
  });
  document.addEventListener('pointermove', (event) => {
    if (tip.hidden) return;
    const left = Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8);
    const top =
      event.clientY + 16 + tip.offsetHeight > innerHeight
        ? event.clientY - tip.offsetHeight - 10
        : event.clientY + 16;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${top}px`;
  });
  document.addEventListener('reportchange', prepare);
  prepare();
})();
