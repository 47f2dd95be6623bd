import { cp, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { runInProcess } from '../support/in-process.js';
import { temporaryFolder } from '../support/temporary-folder.js';

it('render leaves no manifest that speaks of other files, and one that holds', async () => {
  const { folder, remove } = await temporaryFolder();
  try {
    await cp(path.join(packageRoot, 'data'), path.join(folder, 'data'), { recursive: true });
    const built = await runInProcess(
      ['build', '--as-of', '2026-06-28', '--format', 'html,json', '--out', 'output'],
      { cwd: folder },
    );
    expect(built.code).toBe(0);
    const report = path.join('output', '2026-06-28', 'report.json');
    const edition = path.join(folder, 'output', '2026-06-28');

    const same = await runInProcess(['render', report, '--no-pdf'], { cwd: folder });
    expect(same).toMatchObject({ code: 0, stderr: expect.not.stringContaining('manifest') });
    expect(await readdir(edition)).toContain('manifest.json');

    await writeFile(path.join(folder, 'letter.yaml'), 'report: { paper: Letter }\n');
    const other = await runInProcess(['render', report, '--no-pdf', '--config', 'letter.yaml'], {
      cwd: folder,
    });
    expect(other.stderr).toContain('manifest.json told of the files before, and is removed.');
    expect((await readdir(edition)).sort()).toEqual(['report.html', 'report.json']);
  } finally {
    await remove();
  }
});
