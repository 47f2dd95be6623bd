import type { Readable, Writable } from 'node:stream';

/** Carries DevTools messages, each ended by a zero byte, over the two pipes of `--remote-debugging-pipe`. */
export class PipeTransport {
  onmessage?: (message: string) => void;
  onclose?: () => void;
  readonly #toBrowser: Writable;
  #unfinished: Buffer[] = [];

  constructor(toBrowser: Writable, fromBrowser: Readable) {
    this.#toBrowser = toBrowser;
    // A browser that dies breaks its pipes; the process's exit tells that story better.
    toBrowser.on('error', () => {});
    fromBrowser.on('error', () => {});
    fromBrowser.on('data', (chunk: Buffer) => this.#receive(chunk));
    fromBrowser.on('close', () => this.onclose?.());
  }

  /** Sends one message. */
  send(message: string): void {
    this.#toBrowser.write(`${message}\0`);
  }

  /** Ends the conversation; the browser then quits. */
  close(): void {
    this.#toBrowser.end();
  }

  #receive(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      const message = Buffer.concat([...this.#unfinished, chunk.subarray(start, end)]).toString('utf8');
      this.#unfinished = [];
      start = end + 1;
      // One turn of the event loop per message: answers settle before the events behind them are heard.
      setImmediate(() => this.onmessage?.(message));
    }
    if (start < chunk.length) this.#unfinished.push(chunk.subarray(start));
  }
}
