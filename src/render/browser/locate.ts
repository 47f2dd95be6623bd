import { access, constants, stat } from 'node:fs/promises';
import type { Effects } from '../../effects.js';
import { EXIT, messageOf, ReportError } from '../../errors.js';
import { chromiumPackage, packagedBrowser, unpackChromium } from './packaged.js';

/** A browser that can be started. */
export interface LocatedBrowser {
  executable: string;
  /** `named` by PUPPETEER_EXECUTABLE_PATH, `packaged` with npm, or `installed` on the machine. */
  kind: 'named' | 'packaged' | 'installed';
  /** The environment of the browser's process. */
  env: NodeJS.ProcessEnv;
  /** Version of the packaged browser; others tell theirs only when they run. */
  version?: string;
}

/**
 * Chooses the browser: the one that PUPPETEER_EXECUTABLE_PATH names, else the packaged one where it fits the machine
 * (it is unpacked when needed), else an installed Chrome.
 * @throws ReportError `browser-path` for a bad PUPPETEER_EXECUTABLE_PATH, `no-browser` where there is none,
 *   `cache-folder` for an unsafe cache folder
 */
export async function locateBrowser(effects: Pick<Effects, 'progress' | 'signal'>): Promise<LocatedBrowser> {
  const named = process.env.PUPPETEER_EXECUTABLE_PATH;
  if (named) return namedBrowser(named);
  const chromium = chromiumPackage();
  if (chromium) {
    const folder = await unpackChromium(chromium, effects);
    return { ...packagedBrowser(folder), kind: 'packaged', version: chromium.version };
  }
  const installed = await installedBrowser();
  if (installed) return installed;
  throw noBrowser(`The packaged browser does not fit this machine (${process.platform} ${process.arch})`);
}

/** @returns the Chrome that is installed in its usual place, if any */
export async function installedBrowser(): Promise<LocatedBrowser | undefined> {
  const { executablePath } = await import('puppeteer');
  try {
    return { executable: executablePath('chrome'), kind: 'installed', env: process.env };
  } catch {
    return undefined;
  }
}

/** The error for a machine without any usable browser; `reason` says why the packaged one is none, without a full stop. */
export function noBrowser(reason: string, cause?: unknown): ReportError {
  return new ReportError(`No browser to print with. ${reason}, and no Chrome is installed.`, {
    code: 'no-browser',
    exitCode: EXIT.rendering,
    hint: 'Install Google Chrome, or set PUPPETEER_EXECUTABLE_PATH to a Chrome or Chromium.',
    cause,
  });
}

async function namedBrowser(executable: string): Promise<LocatedBrowser> {
  try {
    await access(executable, constants.X_OK);
    if (!(await stat(executable)).isFile()) throw new Error('it is not a file');
  } catch (error) {
    throw new ReportError(`PUPPETEER_EXECUTABLE_PATH is not a program: ${executable} (${messageOf(error)})`, {
      code: 'browser-path',
      exitCode: EXIT.rendering,
      hint: 'Set PUPPETEER_EXECUTABLE_PATH to the executable of a Chrome or Chromium, or unset it.',
      cause: error,
    });
  }
  return { executable, kind: 'named', env: process.env };
}
