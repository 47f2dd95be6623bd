(() => {
  const collator = new Intl.Collator();

  for (const table of document.querySelectorAll('main table')) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => sort(table, heads, column));
    });
  }

  function sort(table, heads, column) {
    const numeric = heads[column].classList.contains('figures');
    const was = heads[column].getAttribute('aria-sort');
    const descending = was ? was === 'ascending' : numeric;
    for (const head of heads) head.removeAttribute('aria-sort');
    heads[column].setAttribute('aria-sort', descending ? 'descending' : 'ascending');
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

  const control = document.querySelector('.threshold');
  const list = document.querySelector('[data-table="underperformers"] table');
  if (control && list) {
    const input = control.querySelector('input');
    const keys = [...list.tHead.rows[0].cells].map((head) => head.dataset.key);
    const title = list.closest('.table').querySelector('h3');
    const none = list.closest('.table').querySelector('.none');
    const show = () => {
      const below = Number(input.value);
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
    };
    input.addEventListener('input', show);
    control.hidden = false;
    show();
  }

  for (const id of ['weekly-revenue', 'cumulative-roas']) {
    const scroll = document.querySelector(`#chart-${id} .scroll`);
    if (scroll) scroll.scrollLeft = scroll.scrollWidth;
  }

  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.hidden = true;
  tip.setAttribute('role', 'status');
  document.body.append(tip);
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
})();
