import { renderSvg } from '../charts/render-svg.js';
import type { Effects } from '../effects.js';
import { EXIT, messageOf, ReportError } from '../errors.js';
import { fontFaceCss, fontStack } from '../fonts/embed.js';
import { createMeasure } from '../fonts/measure.js';
import { createFormat } from '../format/format.js';
import type { RunningBrowser } from '../render/browser/launch.js';
import type { Report } from '../report/schema.js';
import { weeksSpec } from './chart-spec.js';
import { type ChartWords, weeksOf, wordsOn } from './chart-weeks.js';

/** A chart as a picture. */
export interface ChartImage extends ChartWords {
  png: Uint8Array;
  /** The Content-ID under which the HTML shows it. */
  cid: string;
  /** Size at which it is shown, in px; the picture itself has twice as many each way. */
  width: number;
  height: number;
}

const SCALE = 2;
/** Around the drawing, in px: seen where the message is dark. */
const MARGIN = 6;
const LIMIT_MS = 30_000;

/**
 * Revenue and payout of the last weeks, photographed on white at twice its size with the report's own font. The same report gives the
 * same bytes from the same browser.
 *
 * @returns null where the report has fewer than two weeks with revenue or payout to show
 * @throws ReportError `chart-failed` (exit code 4), or the reason of the aborted signal; the browser is killed then
 */
export async function chartImage(
  report: Report,
  browser: RunningBrowser,
  { signal, warn }: Pick<Effects, 'signal' | 'warn'>,
): Promise<ChartImage | null> {
  signal.throwIfAborted();
  const weeks = weeksOf(report);
  if (weeks.length < 2 || weeks.every(({ revenue, payout }) => revenue === 0 && !payout)) return null;
  const format = createFormat(report.meta.locale, report.meta.currency);
  const words = wordsOn(weeks, format);
  const deadline = AbortSignal.timeout(LIMIT_MS);
  try {
    const svg = await renderSvg(
      {
        id: 'weeks',
        title: words.title,
        alt: words.alt,
        spec: weeksSpec(weeks, { tick: format.tick, label: format.compact, day: format.shortDate }),
      },
      {
        measure: createMeasure(),
        onWarning: (warning) => warn(`The chart of the message: ${warning}`),
      },
    );
    const photo = await Promise.race([
      photograph(browser, svg),
      rejectOnAbort(AbortSignal.any([signal, deadline])),
    ]);
    return { ...photo, ...words, cid: 'weeks@roi-report' };
  } catch (error) {
    await browser.kill();
    signal.throwIfAborted();
    throw new ReportError(
      deadline.aborted
        ? `The chart of the message took longer than ${LIMIT_MS / 1000} s and was stopped.`
        : `The chart of the message cannot be drawn: ${messageOf(error)}`,
      {
        code: 'chart-failed',
        exitCode: EXIT.rendering,
        hint: 'Run again; if it fails each time, check free memory or set PUPPETEER_EXECUTABLE_PATH to another Chrome.',
        cause: error,
      },
    );
  }
}

/** The page runs no script of its own; what is evaluated here comes from outside it. */
async function photograph(
  browser: RunningBrowser,
  svg: string,
): Promise<Pick<ChartImage, 'png' | 'width' | 'height'>> {
  const [, width = 0, height = 0] = (/ width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? []).map(
    (size) => Math.ceil(Number(size)) + 2 * MARGIN,
  );
  const { css } = fontFaceCss(svg);
  const { page, crashed, close } = await browser.openPage();
  const shot = async () => {
    await page.setViewport({ width, height, deviceScaleFactor: SCALE });
    await page.setContent(
      `<!doctype html><style>${css}
body { margin: ${MARGIN}px; background: #fff; }
svg { display: block; }
svg text { font-family: ${fontStack}; font-variant-numeric: tabular-nums; }</style>${svg}`,
      { timeout: 0 },
    );
    await page.evaluate('document.fonts.ready.then(() => {})');
    return page.screenshot({
      type: 'png',
      clip: { x: 0, y: 0, width, height },
      captureBeyondViewport: false,
    });
  };
  const png = await Promise.race([shot(), crashed]);
  void close().catch(() => {});
  return { png, width, height };
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
