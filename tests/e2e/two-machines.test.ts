import { cp, mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Manifest, manifestSchema } from '../../src/ci/manifest.js';
import { packageRoot } from '../../src/package-root.js';
import { runCli } from '../support/cli.js';
import { temporaryFolder } from '../support/temporary-folder.js';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterAll(() => remove());

interface Machine {
  name: string;
  /** Where it keeps the data, below its working folder. */
  data: string;
  out: string;
  mtime: string;
  env: NodeJS.ProcessEnv;
}

const here: Machine = {
  name: 'here',
  data: 'data',
  out: 'output',
  mtime: '2026-06-27T08:00:00Z',
  env: { TZ: 'America/Los_Angeles', LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8' },
};
const there: Machine = {
  name: 'über there',
  data: 'a place/of data',
  out: 'else where/out',
  mtime: '1999-12-31T23:59:59Z',
  env: { TZ: 'Pacific/Kiritimati', LANG: 'de_DE.UTF-8', LC_ALL: 'C' },
};

/** Builds the sample on a machine; its artifacts by name, and its manifest. */
async function buildOn({ name, data, out, mtime, env }: Machine) {
  const cwd = path.join(folder, name);
  const home = path.join(cwd, 'home');
  await mkdir(home, { recursive: true });
  await cp(path.join(packageRoot, 'data'), path.join(cwd, data), { recursive: true });
  for (const file of await readdir(path.join(cwd, data)))
    await utimes(path.join(cwd, data, file), new Date(mtime), new Date(mtime));
  const config = await readFile(path.join(packageRoot, 'config', 'report.yaml'), 'utf8');
  await writeFile(path.join(cwd, 'own.yaml'), `${config}\nsections: [own/weekday-pattern]\n`);
  await cp(path.join(packageRoot, 'config', 'sections'), path.join(cwd, 'own'), { recursive: true });
  const build = async (...args: readonly string[]) => {
    const inputs = ['--data', data, '--out', out, '--config', 'own.yaml', '--no-cache'];
    const { code } = await runCli(['build', ...inputs, ...args], { cwd, env: { ...env, HOME: home } });
    expect(code).toBe(0);
  };
  await build('--as-of', '2026-06-19', '--format', 'json');
  await build('--as-of', '2026-06-26', '--format', 'pdf,html,json,csv,xlsx,parquet', '--fail-on', 'roas<0.1');
  const edition = path.join(cwd, out, '2026-06-26');
  const entries = await readdir(edition, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const files = new Map<string, Buffer>();
  for (const file of paths.sort()) files.set(path.relative(edition, file), await readFile(file));
  const manifest = manifestSchema.parse(JSON.parse(String(files.get('manifest.json'))));
  files.delete('manifest.json');
  return { files, manifest };
}

it('two machines write the same bytes of the same inputs, with an earlier edition and an own section', async () => {
  const one = await buildOn(here);
  const other = await buildOn(there);
  const endings = new Set([...one.files.keys()].map((name) => path.extname(name)));
  expect([...endings].sort()).toEqual(['.csv', '.html', '.json', '.parquet', '.pdf', '.xlsx']);
  expect([...other.files.keys()]).toEqual([...one.files.keys()]);
  for (const [name, bytes] of one.files) expect(other.files.get(name)?.equals(bytes), name).toBe(true);
  const lasting = ({ timings: _timings, ...rest }: Manifest) => rest;
  expect(lasting(other.manifest)).toEqual(lasting(one.manifest));
  expect(one.manifest.outputs.map(({ file }) => file)).toEqual([...one.files.keys()]);
  expect(one.manifest.previous?.asOf).toBe('2026-06-19');
  expect(one.manifest.sections.map(({ file }) => file)).toContain('own/weekday-pattern/section.yaml');
  expect(one.manifest.versions.browser).toMatch(/Chrome\/\d+/);
  for (const text of [folder, 'own.yaml'])
    expect(String(one.files.get('report.json')).includes(text)).toBe(false);
});
