import { createChoices } from './choices.js';
import { complaintOf, dayWords } from './words.js';

const TYPING_PAUSE = 150;

/**
 * The controls at the side, as one state (see state.js).
 *
 * @param onChange - is called with the state, the time of the event behind it and whether the change is final: a box that is
 * ticked is, a number that is being typed is not yet
 */
export function createControls(form, onChange) {
  const lists = Object.fromEntries(
    [...form.querySelectorAll('[data-choices]')].map((fieldset) => [
      fieldset.dataset.choices,
      createChoices(fieldset),
    ]),
  );
  const fields = form.elements;
  const inputs = ['min-followers', 'max-followers', 'from', 'to', 'roas-below'].map((name) => fields[name]);
  const wrong = form.querySelector('#wrong');
  let configured;
  /** The state that was read or written last. */
  let current;
  let waiting = null;

  /** What is not finished counts as it was before. */
  function read() {
    const typed = (input, before) => (isUnfinished(input) ? before : valueIn(input));
    current = {
      campaigns: lists.campaign.chosen(),
      categories: lists.category.chosen(),
      platforms: lists.platform.chosen(),
      minFollowers: typed(fields['min-followers'], current.minFollowers),
      maxFollowers: typed(fields['max-followers'], current.maxFollowers),
      from: typed(fields.from, current.from),
      to: typed(fields.to, current.to),
      roasBelow: typed(fields['roas-below'], current.roasBelow) ?? configured.roasBelow,
      topPosts: fields['top-posts'].value || configured.topPosts,
    };
    return current;
  }

  function write(state) {
    current = state;
    lists.campaign.choose(state.campaigns);
    lists.category.choose(state.categories);
    lists.platform.choose(state.platforms);
    fill(fields['min-followers'], state.minFollowers);
    fill(fields['max-followers'], state.maxFollowers);
    fill(fields.from, state.from);
    fill(fields.to, state.to);
    fill(fields['roas-below'], state.roasBelow);
    fields['roas-range'].value = state.roasBelow;
    fields['top-posts'].value = state.topPosts;
    complain();
  }

  /** Says which input is not finished. */
  function complain() {
    const unfinished = inputs.filter(isUnfinished);
    for (const input of inputs) input.ariaInvalid = String(unfinished.includes(input));
    wrong.textContent = unfinished.length === 0 ? '' : complaintOf(unfinished[0]);
  }

  function tell(time, isFinal) {
    clearTimeout(waiting);
    waiting = null;
    if (current) onChange(read(), time, isFinal);
  }

  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', ({ target, timeStamp }) => {
    if (target === fields['roas-range']) fields['roas-below'].value = target.value;
    if (target === fields['roas-below']) fields['roas-range'].value = target.value;
    if (!isTyped(target)) return tell(timeStamp, true);
    if (!inputs.some(isUnfinished)) complain();
    clearTimeout(waiting);
    waiting = setTimeout(() => tell(timeStamp, false), TYPING_PAUSE);
  });
  form.addEventListener('change', ({ target, timeStamp }) => {
    // A date changes with each part of it that is typed.
    if (!isTyped(target) || target.type === 'date') return;
    if (target.name === 'roas-below' && target.value === '' && !isUnfinished(target)) {
      fill(target, configured.roasBelow);
    }
    complain();
    tell(timeStamp, true);
  });
  form.addEventListener('focusout', ({ target, timeStamp }) => {
    if (!isTyped(target)) return;
    complain();
    if (target.type === 'date') tell(timeStamp, true);
  });

  return {
    write,
    /** Takes over what the data and the configuration offer: the answer of /api/options. */
    offer({ campaigns, categories, platforms, followers, days, rankings, state }) {
      configured = state;
      lists.campaign.offer(campaigns);
      lists.category.offer(categories);
      lists.platform.offer(platforms);
      fields['min-followers'].placeholder = followers ? grouped(followers.min) : '';
      fields['max-followers'].placeholder = followers ? grouped(followers.max) : '';
      form.querySelector('#days').textContent = days
        ? `Data from ${dayWords(days.first)} to ${dayWords(days.last)}`
        : '';
      fields['roas-range'].max = Math.max(2, Math.ceil(state.roasBelow * 2));
      const chosen = fields['top-posts'].value;
      fields['top-posts'].replaceChildren(...rankings.map(({ value, label }) => new Option(label, value)));
      if (chosen) fields['top-posts'].value = chosen;
    },
    /** Sends at once what was typed last and still waits for a pause. */
    flush() {
      if (waiting !== null) tell(performance.now(), false);
    },
  };
}

function isTyped({ type }) {
  return type === 'number' || type === 'date' || type === 'range';
}

/** A number that is none yet, a date with parts that are empty, a year of which the first digits are there. */
function isUnfinished(input) {
  return input.validity.badInput || (input.type === 'date' && input.value !== '' && input.value < '1000');
}

function valueIn({ type, value }) {
  if (value === '') return null;
  return type === 'number' ? Number(value) : value;
}

/** Leaves alone what means the same, such as the 0.50 that somebody is typing. */
function fill(input, value) {
  if (valueIn(input) !== value || input.validity.badInput) input.value = value ?? '';
}

function grouped(count) {
  return count.toLocaleString('en');
}
