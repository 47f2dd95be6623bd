import type { Config } from '../config/schema.js';
import type { Transport } from '../delivery/transport.js';
import type { Effects } from '../effects.js';
import type { Ledger } from '../ledger/open-ledger.js';

/** Tells what happens to editions, for a terminal or a log; facts are for machines. */
export type Tell = (
  level: 'info' | 'warn' | 'error',
  message: string,
  facts?: Record<string, string | number | boolean | null>,
) => void;

/** What editions are made of and sent with. */
export interface EditionContext {
  config: Config;
  dataDir: string;
  cacheFolder: string | null;
  /** The delivery folder: ledger, locks, archive, notices, outbox. */
  folder: string;
  ledger: Ledger;
  transport: Transport;
  /** Private key that signs messages, PEM; null where none is configured. */
  dkimKey: string | null;
  /** Takes secrets out of a text. */
  redact: (text: string) => string;
  tell: Tell;
  effects: Effects;
}
