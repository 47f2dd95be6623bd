import { writeSync } from 'node:fs';
import net from 'node:net';
import { sendEdition } from '../../src/editions/send-edition.js';
import { sendNotices } from '../../src/editions/send-notices.js';
import { EDITION, openOffice } from './office.js';

/*
 * Sends the archived edition of a folder to its end, as `roi-report send` does after a restart; kills itself at the step that it is told,
 * counted over everything it does to the ledger and to the network: before and after each.
 */
const [folder = '', port = '', deadly = ''] = process.argv.slice(2);
let left = Number(deadly);

function step(): void {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}

function around<Args extends unknown[], Result>(
  action: (...args: Args) => Result,
): (...args: Args) => Result {
  return function (this: unknown, ...args) {
    step();
    const result = action.apply(this, args);
    step();
    return result;
  };
}

const office = openOffice(folder, { port: Number(port) });
const { ledger } = office;
Object.assign(office, {
  ledger: {
    exec: around((sql: string) => ledger.exec(sql)),
    prepare(sql: string) {
      const statement = ledger.prepare(sql);
      return {
        run: around((...values: unknown[]) => statement.run(...values)),
        get: (...values: unknown[]) => statement.get(...values),
        all: (...values: unknown[]) => statement.all(...values),
      };
    },
  },
});
const { write, push } = net.Socket.prototype;
Object.assign(net.Socket.prototype, { write: around(write), push: around(push) });

const { run } = await sendEdition(EDITION, null, office);
await sendNotices(office);
ledger.close();
writeSync(1, run.state);
