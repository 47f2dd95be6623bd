import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { manifestJsonSchema } from './ci/manifest.js';
import { configJsonSchema } from './config/schema.js';
import { packageRoot } from './package-root.js';
import { reportJsonSchema } from './report/schema.js';

// Run by `npm run schemas`: the JSON Schemas for editors and for programs that read report.json.
const folder = path.join(packageRoot, 'config', 'schema');
await mkdir(folder, { recursive: true });
const write = (name: string, schema: object) =>
  writeFile(path.join(folder, name), `${JSON.stringify(schema, null, 2)}\n`);
await write('report.config.schema.json', configJsonSchema());
await write('report.schema.json', reportJsonSchema());
await write('manifest.schema.json', manifestJsonSchema());
