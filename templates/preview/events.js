const RETRY = 1000;

/**
 * Listens to what the server tells by itself, and reconnects for as long as the page is open. A page that nobody sees does
 * not listen, since a browser keeps few connections to one server; when it is seen again it gets `ready` or `failed` anew.
 *
 * @param on - what to do with `loading`, `changed`, `ready`, `failed` (each with the data of the event) and `lost`
 */
export function listen(on) {
  let source = null;
  let timer = null;

  function open() {
    source = new EventSource('/events');
    for (const name of ['loading', 'changed', 'ready', 'failed']) {
      source.addEventListener(name, ({ data }) => on[name](data ? JSON.parse(data) : {}));
    }
    source.addEventListener('error', () => {
      close();
      on.lost();
      timer = setTimeout(open, RETRY);
    });
  }

  function close() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  document.addEventListener('visibilitychange', () => {
    close();
    if (document.visibilityState === 'visible') open();
  });
  // A page that is left breaks its connection, which is no loss to tell of.
  addEventListener('pagehide', close);
  open();
}
