import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { filesIn } from '../../src/folders/files-in.js';
import { temporaryFolder } from '../support/temporary-folder.js';

it('finds files and what links lead to, but no folder behind a link and nothing behind a broken one', async () => {
  const { folder, remove } = await temporaryFolder();
  try {
    await mkdir(path.join(folder, 'own', 'styles'), { recursive: true });
    await writeFile(path.join(folder, 'elsewhere.css'), 'x');
    await writeFile(path.join(folder, 'own', 'report.hbs'), 'x');
    await symlink(path.join(folder, 'elsewhere.css'), path.join(folder, 'own', 'styles', 'report.css'));
    await symlink(path.join(folder, 'nothing'), path.join(folder, 'own', 'broken.css'));
    await symlink(folder, path.join(folder, 'own', 'loop'));
    const found = await filesIn(path.join(folder, 'own'));
    expect(found.map(({ name }) => name).sort()).toEqual(['report.hbs', 'styles/report.css']);
  } finally {
    await remove();
  }
});
