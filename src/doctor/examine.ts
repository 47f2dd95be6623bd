import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { loadConfig } from '../config/load.js';
import { readSecrets } from '../delivery/secrets.js';
import { trySmtp } from '../delivery/try-smtp.js';
import type { Effects } from '../effects.js';
import { messageOf, ReportError } from '../errors.js';
import { facesFor } from '../fonts/faces.js';
import { launchBrowser } from '../render/browser/launch.js';
import { printPdf } from '../render/print-pdf.js';
import { readTemplates } from '../render/templates.js';
import { assertIdentified, identifySources } from '../sources/identify.js';

export interface Examined {
  name: string;
  ok: boolean;
  text: string;
  fix: string | null;
}

const OLDEST_NODE = [20, 19] as const;
const SCRIPTS = 'Revenue ₹ प्रिया محمد 小红 🙏';

/** Tries everything a run needs on this machine; each result names the fix where it fails. */
export async function examine(
  { data, out, config }: { data: string; out: string; config: string | null },
  effects: Effects,
): Promise<Examined[]> {
  return Promise.all([
    check('Node', node),
    check('configuration', async () => {
      const { theme, sections } = await loadConfig(config);
      const templates = await readTemplates(theme.templates, sections);
      return `${config ?? 'defaults'}, ${templates.size} templates and styles`;
    }),
    check('data folder', () => dataFolder(data, config)),
    check('output folder', () => writable(out)),
    check(
      'fonts',
      async () =>
        `${facesFor(SCRIPTS).faces.length} font files for Latin, Devanagari, Arabic, Chinese and emoji`,
    ),
    check('browser', () => browser(effects)),
    check('mail', () => mail(config)),
  ]);
}

async function check(name: string, examineIt: () => Promise<string>): Promise<Examined> {
  try {
    return { name, ok: true, text: await examineIt(), fix: null };
  } catch (error) {
    return {
      name,
      ok: false,
      text: messageOf(error),
      fix: error instanceof ReportError ? (error.hint ?? null) : null,
    };
  }
}

async function node(): Promise<string> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    throw problem(
      `Node ${process.versions.node} is too old`,
      `Install Node ${OLDEST_NODE.join('.')} or later.`,
    );
  }
  return process.versions.node;
}

async function dataFolder(folder: string, config: string | null): Promise<string> {
  const { sources } = await loadConfig(config);
  const survey = await identifySources(folder, sources);
  assertIdentified(survey);
  const files = Object.values(survey.files).flatMap((table) => table.map(({ head }) => head.name));
  return `${folder} holds the four tables: ${files.length > 8 ? `${files.length} files` : files.join(', ')}`;
}

async function writable(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await access(folder, constants.W_OK);
  return `${folder} can be written`;
}

async function browser(effects: Effects): Promise<string> {
  const started = effects.now().getTime();
  const running = await launchBrowser(effects);
  try {
    const { pdf } = await printPdf(running, '<!doctype html><title>Test</title><p>Test', {
      asOf: '2000-01-01',
      paper: 'A4',
      orientation: 'portrait',
      signal: effects.signal,
    });
    const seconds = ((effects.now().getTime() - started) / 1000).toFixed(1);
    return `${running.located.kind}, ${running.located.executable}; printed a page (${pdf.length} bytes) in ${seconds} s${running.sandboxed ? '' : ', without its sandbox'}`;
  } finally {
    await running.close();
  }
}

async function mail(config: string | null): Promise<string> {
  const { delivery } = await loadConfig(config);
  const { credentials } = readSecrets(process.env);
  if (delivery.smtp === null) return 'no delivery.smtp: messages go to the outbox as .eml files';
  await trySmtp(delivery.smtp, credentials);
  return `${delivery.smtp.host}:${delivery.smtp.port} takes messages${credentials ? `, logged in as ${credentials.user}` : ''}`;
}

function problem(message: string, hint: string): ReportError {
  return new ReportError(message, { code: 'unfit', exitCode: 2, hint });
}
