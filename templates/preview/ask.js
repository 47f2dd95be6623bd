/** What went wrong, in the words of the server: `message` (may have several lines), `hint` and, for a few, `code`. */
export class Failure extends Error {
  constructor({ message, hint, code }) {
    super(message);
    this.hint = hint ?? '';
    this.code = code ?? '';
  }
}

/**
 * Asks the server and hands back its answer, once that is a good one.
 *
 * @throws Failure with the server's words, or with our own where it gives none or cannot be reached
 * @throws DOMException `AbortError` once the signal is aborted
 */
export async function ask(address, signal) {
  const response = await reach(address, signal);
  if (response.ok) return response;
  const retryAfter = response.status === 503 ? Number(response.headers.get('Retry-After') ?? 1) : null;
  throw Object.assign(new Failure(wordsOf(await response.text(), response.status)), { retryAfter });
}

/** The error of an answer, which is JSON where the report fails and plain text where the server refuses to answer. */
function wordsOf(text, status) {
  try {
    return JSON.parse(text).error;
  } catch {
    return { message: text.slice(0, 300) || `The preview answered with the status ${status}.` };
  }
}

async function reach(address, signal) {
  try {
    return await fetch(address, { signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Failure({
      message: 'The preview does not answer.',
      hint: 'See whether “roi-report preview” still runs in its terminal.',
    });
  }
}
