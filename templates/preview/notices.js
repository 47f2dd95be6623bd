const PATIENCE = 300;

/**
 * What the page says about the report: the sentence of the state, what went wrong, notes.
 *
 * Two kinds of failure last until they are mended: `report`, of the report that was asked for last, and `server`, of what
 * the server reads. While one does, the report in view is marked as not up to date.
 */
export function createNotices({ words, panelWords, failure, trouble, warnings, stage }) {
  const failures = { server: null, report: null };
  /** The failure in view. */
  let told = null;
  let sentence = '';
  let timer = null;

  function draw() {
    clearTimeout(timer);
    const failed = failures.server ?? failures.report;
    stage.classList.toggle('outdated', failed !== null);
    if (failed?.message !== told?.message || failed?.hint !== told?.hint) {
      failure.replaceChildren(...(failed === null ? [] : paragraphs(failed)));
    }
    told = failed;
    if (failed === null) {
      say(sentence);
    } else {
      say(sentence === '' ? 'There is no report yet.' : `Not up to date: ${sentence}`, failed.message);
    }
  }

  /** The same words again stay untouched, so that they are not read aloud again. */
  function say(text, inPanel = text) {
    if (words.textContent !== text) words.textContent = text;
    if (panelWords.textContent !== inPanel) panelWords.textContent = inPanel;
  }

  return {
    /** Something is under way; it is told only when it takes long enough to be noticed. */
    waiting(text = 'Updating…') {
      clearTimeout(timer);
      timer = setTimeout(() => say(text), PATIENCE);
    },
    succeeded(report) {
      sentence = report.words;
      failures.report = null;
      warnings.replaceChildren(
        ...report.warnings.map((text) => Object.assign(document.createElement('li'), { textContent: text })),
      );
      draw();
    },
    failed(kind, error) {
      failures[kind] = { message: error.message, hint: error.hint ?? '' };
      draw();
    },
    /** What was wrong with the server is over; whether the report can be made again shows when it is asked for. */
    mended(kind) {
      failures[kind] = null;
    },
    hasFailed: () => failures.server !== null || failures.report !== null,
    /** Something that does not concern the report in view; it can be put away. */
    passing(error) {
      const close = Object.assign(document.createElement('button'), {
        type: 'button',
        className: 'plain',
        textContent: 'Dismiss',
      });
      close.addEventListener('click', () => trouble.replaceChildren());
      trouble.replaceChildren(...paragraphs(error), close);
    },
    forget: () => trouble.replaceChildren(),
  };
}

/** The first line says what is wrong; the others may be lines of a file, with a mark below a letter. */
function paragraphs({ message, hint }) {
  const [first, ...others] = message.split('\n');
  return [
    ['p', 'message', first],
    ['pre', 'lines', others.join('\n')],
    ['p', 'quiet', hint],
  ]
    .filter(([, , text]) => text)
    .map(([tag, className, textContent]) =>
      Object.assign(document.createElement(tag), { className, textContent }),
    );
}
