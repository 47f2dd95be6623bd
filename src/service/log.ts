import { isatty } from 'node:tty';
import { destination as openDestination, pino, stdTimeFunctions } from 'pino';
import type { Tell } from '../editions/context.js';
import { plainLine, withoutControls } from './log-text.js';

type Facts = Parameters<Tell>[2];

const SECRET_NAME = /password|passphrase|secret|token|credential|key/i;

/**
 * A log that tells what the service does: one JSON object a line with `time` (ISO, UTC), `level`, `msg` and the facts; on a terminal, lines
 * for a person. A line is written before the call returns, and one that cannot be written is lost without harm.
 *
 * @param redact - takes secrets out of a text; facts named like a secret are never written
 * @param destination - a file descriptor; 2 is stderr
 * @param level - the least that is told
 */
export function serviceLog({
  redact,
  destination = 2,
  level = 'info',
}: {
  redact: (text: string) => string;
  destination?: number;
  level?: Parameters<Tell>[0];
}): Tell {
  const stream = openDestination({ dest: destination, sync: true });
  stream.on('error', () => {});
  const logger = pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: withoutControls },
    },
    stream,
  );
  if (!isatty(destination)) {
    return (lineLevel, message, facts) => logger[lineLevel](redactFacts(facts, redact), redact(message));
  }
  return (lineLevel, message) => {
    if (logger.isLevelEnabled(lineLevel)) stream.write(plainLine(new Date(), lineLevel, redact(message)));
  };
}

function redactFacts(facts: Facts = {}, redact: (text: string) => string): NonNullable<Facts> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => {
      if (SECRET_NAME.test(name)) return [name, '[secret]'];
      const redacted = redact(String(value));
      return [name, redacted === String(value) ? value : redacted];
    }),
  );
}
