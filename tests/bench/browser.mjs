import { launchFlags } from '../../dist/render/browser/flags.js';
import { launchBrowser } from '../../dist/render/browser/launch.js';

/**
 * The browser that a build starts, found by starting it once; where it has to be unpacked, it is afterwards.
 *
 * @returns `executable`, `env` and `flags`, as a build passes them
 */
export async function browserOfBuilds(progress, signal) {
  const browser = await launchBrowser({ progress, signal });
  await browser.close();
  const { executable, env } = browser.located;
  return { executable, env, flags: launchFlags({ sandbox: browser.sandboxed }) };
}
