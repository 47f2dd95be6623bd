import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  buildReport,
  type Effects,
  EXIT,
  exportReport,
  quietEffects,
  ReportError,
  renderHtml,
} from '../src/index.js';
import { packageRoot } from '../src/package-root.js';
import { reportSchema } from '../src/report/schema.js';
import { writeTables } from './support/csv-tables.js';
import { runInProcess } from './support/in-process.js';
import { readOutline } from './support/pdf.js';
import { temporaryFolder } from './support/temporary-folder.js';
import { tinyTables } from './support/tiny-tables.js';

const index = path.join(packageRoot, 'src', 'index.ts');
const example = await readFile(path.join(packageRoot, 'config', 'examples', 'weekly.ts'), 'utf8');

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

const read = (name: string) => readFile(path.join(folder, name));

describe('the library', () => {
  it('gives the report that the command line gives', async () => {
    await writeTables(folder, tinyTables);
    const filters = { campaigns: ['South'] };
    const report = await buildReport({ data: folder, config: {}, asOf: '2025-06-30', filters });
    const args = ['--data', folder, '--out', folder, '--as-of', '2025-06-30', '--campaign', 'South'];
    const run = await runInProcess(['build', ...args, '--format', 'json,csv'], { cwd: folder });
    expect(run.code).toBe(0);
    const { edition } = /(?<edition>\S+)[/\\]report\.json/.exec(run.stdout)?.groups ?? {};
    const written = await readFile(path.join(edition ?? '', 'report.json'), 'utf8');
    expect(`${JSON.stringify(report, null, 2)}\n`).toBe(written);
    expect(reportSchema.parse(report)).toEqual(report);
    const files = await exportReport(report, ['json', 'csv']);
    expect(files.get('report.json')).toBe(written);
    const payouts = 'tables/financial-review.payouts.csv';
    expect(files.get(payouts)).toBe(await readFile(path.join(edition ?? '', payouts), 'utf8'));
  });

  it('lays the filters over those of the configuration, and tells what goes on', async () => {
    await writeTables(folder, tinyTables);
    const steps: string[] = [];
    const warnings: string[] = [];
    const effects: Effects = {
      ...quietEffects(),
      now: () => new Date('2025-06-30T20:00:00Z'),
      progress: (step) => steps.push(step),
      warn: (line) => warnings.push(line),
    };
    const config = { filters: { campaigns: ['South'], platforms: ['YouTube'] }, report: { timezone: 'UTC' } };
    const filters = { campaigns: ['North', 'Nroth'] };
    const report = await buildReport({ data: folder, config, filters }, effects);
    expect(report.meta).toMatchObject({
      asOf: '2025-06-30',
      filters: { ...filters, platforms: ['YouTube'] },
    });
    expect(steps).toContain('Computing the sections');
    expect(warnings).toEqual(['No campaign is called "Nroth"; there are: North, South.']);
  });

  it.each([
    ['a day that is none', { data: '.', asOf: '28.06.2026' }, 'input-invalid', EXIT.usage, 'asOf: '],
    [
      'a filter that is none',
      { data: '.', filters: { minFollowers: '1 OR 1=1' } },
      'input-invalid',
      EXIT.usage,
      'filters.minFollowers: ',
    ],
    [
      'a configuration that is none',
      { data: '.', config: { report: { paper: 'A5' } } },
      'config-invalid',
      EXIT.usage,
      'The configuration, report.paper: ',
    ],
    [
      'a configuration that is not there',
      { data: '.', config: 'no.yaml' },
      'config-unreadable',
      EXIT.usage,
      'no.yaml',
    ],
    [
      'a folder that is not there',
      { data: 'no-such-folder' },
      expect.any(String),
      EXIT.data,
      'no-such-folder',
    ],
  ])('refuses %s', async (_, inputs, code, exitCode, words) => {
    const refused = await buildReport(inputs as never).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ReportError);
    expect(refused).toMatchObject({ code, exitCode, message: expect.stringContaining(words) });
  });

  it('draws a saved report with the settings of a configuration', async () => {
    await writeTables(folder, tinyTables);
    const saved = JSON.parse(JSON.stringify(await buildReport({ data: folder, asOf: '2025-06-30' })));
    const page = await renderHtml(saved, {
      config: { report: { paper: 'Letter', orientation: 'landscape' } },
    });
    expect(page).toContain('size: Letter landscape');
    await expect(renderHtml(saved, { config: { theme: { templates: `${folder}/none` } } })).rejects.toThrow(
      'cannot be read',
    );
  });
});

it('the example program runs on the sample: HTML, PDF with the own section, JSON, workbook', async () => {
  await mkdir(path.join(folder, 'config'));
  await symlink(path.join(packageRoot, 'data'), path.join(folder, 'data'));
  await cp(path.join(packageRoot, 'config', 'sections'), path.join(folder, 'config', 'sections'), {
    recursive: true,
  });
  await writeFile(path.join(folder, 'config', 'report.yaml'), 'sections: [sections/weekday-pattern]\n');
  const program = path.join(folder, 'weekly.ts');
  await writeFile(program, example.replace("'roi-report'", JSON.stringify(index)));
  const before = process.cwd();
  const said: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  process.chdir(folder);
  try {
    await import(program);
  } finally {
    process.chdir(before);
    spy.mockRestore();
  }
  expect(said.join('')).toMatch(/^ROAS [\d.]+, data (green|amber): /);
  const report = reportSchema.parse(JSON.parse(String(await read('report.json'))));
  expect(report.meta.filters.categories).toEqual(['Fitness']);
  expect(String(await read('report.html'))).toContain('href="#weekday-pattern"');
  expect((await read('report.xlsx')).subarray(0, 2).toString()).toBe('PK');
  const { outline } = await readOutline(await read('report.pdf'));
  expect(outline.join('\n')).toMatch(/day brings the most: [\d.]+% of the revenue/);
});

it('compiles as the documentation shows it, in strict TypeScript', async () => {
  const source = await readFile(index, 'utf8');
  const documented = [...source.matchAll(/@example\n([\s\S]*?)\*\//g)].map(([, text = '']) =>
    text.replaceAll(/^ \* ?/gm, ''),
  );
  const readme = await readFile(path.join(packageRoot, 'README.md'), 'utf8');
  const shown = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].flatMap(([, text = '']) =>
    text.includes("from 'roi-report'") ? [text] : [],
  );
  expect(documented).toHaveLength(4);
  const programs = [example, ...documented, ...shown];
  await Promise.all(programs.map((text, number) => writeFile(path.join(folder, `${number}.ts`), text)));
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: path.join(packageRoot, 'tsconfig.json'),
      compilerOptions: {
        paths: { 'roi-report': [index] },
        typeRoots: [path.join(packageRoot, 'node_modules', '@types')],
      },
      include: ['*.ts', path.join(packageRoot, 'src', '**', '*.d.ts')],
    }),
  );
  const compiler = path.join(packageRoot, 'node_modules', '.bin', 'tsc');
  const { stdout } = await promisify(execFile)(compiler, ['-p', folder]).catch((error) => error);
  expect(stdout).toBe('');
});
