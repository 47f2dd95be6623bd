/** What can act on a terminal, end a line for some reader, or turn the direction of writing; without the end of the line itself. */
const CONTROLS = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** A line of JSON in which every control character is an escape; it means the same. */
export function withoutControls(line: string): string {
  return line.replace(CONTROLS, escaped);
}

/** A line of the log for a person: time in UTC, level, message; control characters in the message are shown as escapes. */
export function plainLine(time: Date, level: string, message: string): string {
  const moment = time.toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length).replace('T', ' ');
  const text = withoutControls(message).replaceAll('\n', '\\n');
  return `${moment}Z ${level.padEnd(5)} ${text}\n`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
