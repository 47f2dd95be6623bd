/**
 * What is shown: `campaigns`, `categories`, `platforms` (lists of texts), `minFollowers`, `maxFollowers`, `roasBelow` (numbers),
 * `from`, `to` (YYYY-MM-DD) and `topPosts`. Null or an empty list means: not filtered. In the address the names are those of
 * the command line's flags.
 */

const LISTS = { campaigns: 'campaign', categories: 'category', platforms: 'platform' };
const COUNT = /^\d{1,15}$/;
const RATIO = /^\d{1,9}(\.\d{1,9})?$/;
const SINGLES = { minFollowers: 'min-followers', maxFollowers: 'max-followers', from: 'from', to: 'to' };

/**
 * The state that a query (without `?`) means; without one, what the configuration says. What the server does not take for
 * a number or a day is left out, for it to complain about.
 */
export function stateOf(query, configured) {
  if (query === '') return configured;
  const parameters = new URLSearchParams(query);
  const number = (name, isNumber) => {
    const text = parameters.get(name) ?? '';
    return isNumber.test(text) ? Number(text) : null;
  };
  const day = (name) => (isDay(parameters.get(name)) ? parameters.get(name) : null);
  return {
    campaigns: parameters.getAll('campaign'),
    categories: parameters.getAll('category'),
    platforms: parameters.getAll('platform'),
    minFollowers: number('min-followers', COUNT),
    maxFollowers: number('max-followers', COUNT),
    from: day('from'),
    to: day('to'),
    roasBelow: number('roas-below', RATIO) ?? configured.roasBelow,
    topPosts: parameters.get('top-posts') ?? configured.topPosts,
  };
}

/** The query (without `?`) that means a state: nothing where it is that of the configuration. */
export function queryOf(state, configured) {
  if (isSame(state, configured)) return '';
  const parameters = new URLSearchParams();
  for (const [key, name] of Object.entries(LISTS)) {
    for (const value of state[key]) parameters.append(name, value);
  }
  for (const [key, name] of Object.entries(SINGLES)) {
    if (state[key] !== null) parameters.append(name, state[key]);
  }
  const lifted = countFilters(state) === 0 && countFilters(configured) > 0;
  if (state.roasBelow !== configured.roasBelow) parameters.append('roas-below', state.roasBelow);
  if (state.topPosts !== configured.topPosts) parameters.append('top-posts', state.topPosts);
  return [lifted ? 'all' : '', parameters.toString()].filter((part) => part !== '').join('&');
}

/** How many kinds of filters narrow the report: campaigns, categories, platforms, followers, days. */
export function countFilters({ campaigns, categories, platforms, minFollowers, maxFollowers, from, to }) {
  return [
    campaigns.length > 0,
    categories.length > 0,
    platforms.length > 0,
    minFollowers !== null || maxFollowers !== null,
    from !== null || to !== null,
  ].filter((isActive) => isActive).length;
}

/** Whether a text is a day of the calendar, as a date input takes it. */
function isDay(text) {
  const time = Date.parse(text);
  return Number.isFinite(time) && new Date(time).toISOString().slice(0, 10) === text;
}

function isSame(one, other) {
  const plain = (state) =>
    JSON.stringify([
      ...Object.keys(LISTS).map((key) => state[key].map((value) => value.toLowerCase()).sort()),
      ...Object.keys(SINGLES).map((key) => state[key]),
      state.roasBelow,
      state.topPosts,
    ]);
  return plain(one) === plain(other);
}
