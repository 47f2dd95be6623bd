/** The query of the page's address, without `?`: the state that a link shares. */
export function currentQuery() {
  return location.search.slice(1);
}

/** True while the newest entry of the history holds a state that is not final, such as a half-typed number. */
let isPassing = false;

/**
 * Writes a query into the address. Final states get an entry of the history each, so that Back goes from one to the one
 * before; states on the way to one share it.
 */
export function writeQuery(query, isFinal) {
  const isNew = query !== currentQuery();
  if (isNew) {
    const address = query === '' ? location.pathname : `?${query}`;
    if (isPassing) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
  }
  isPassing = !isFinal && (isNew || isPassing);
}

/** Calls back with the query after Back and Forward. */
export function onTravel(callback) {
  addEventListener('popstate', () => {
    isPassing = false;
    callback(currentQuery());
  });
}
