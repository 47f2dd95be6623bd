import { ask } from './ask.js';

const LABELS = { pdf: 'PDF', html: 'HTML', xlsx: 'XLSX', csv: 'CSV', json: 'JSON' };
const ATTEMPTS = 20;

/**
 * Makes a button for each format.
 *
 * @param queryOfShown - gives the query of the report that is in view
 * @param on - `started(label)`, `finished(label, fileName)` and `failed(error)`
 */
export function drawDownloads(group, formats, queryOfShown, on) {
  if (group.dataset.formats === formats.join()) return;
  group.dataset.formats = formats.join();
  group.replaceChildren(
    ...formats.map((format) => {
      const label = LABELS[format] ?? format.toUpperCase();
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: label });
      button.ariaLabel = `Download ${label}`;
      button.addEventListener('click', async () => {
        if (button.ariaBusy === 'true') return;
        button.ariaBusy = 'true';
        on.started(label);
        try {
          on.finished(label, await download(format, queryOfShown()));
        } catch (error) {
          on.failed(error);
        } finally {
          button.ariaBusy = 'false';
        }
      });
      return button;
    }),
  );
}

async function download(format, query) {
  const fileName = `report.${format === 'csv' ? 'csv.zip' : format}`;
  const response = await patiently(`/download/${fileName}${query && `?${query}`}`);
  const given = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  const address = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement('a'), { href: address, download: given ?? fileName });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return link.download;
}

/** Waits for its turn where the server prints as many files as it can. */
async function patiently(address) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask(address);
    } catch (error) {
      if (!error.retryAfter || attempt === ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, error.retryAfter * 1000));
    }
  }
}
