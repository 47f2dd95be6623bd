#!/usr/bin/env node
import { main } from './cli/main.js';

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', () => {});
const code = await main(process.argv.slice(2));
// What goes into a pipe is written later; leaving now would cut it.
await new Promise((written) => process.stdout.write('', written));
process.exit(code);
