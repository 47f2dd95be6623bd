/**
 * A text as GitHub's Markdown shows it, whatever it holds: one line without markup, HTML, links, mentions, references or formulas, also in a
 * cell of a table. It must not stand at the beginning of a line.
 */
export function markdownText(text: string): string {
  return (
    text
      .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '')
      .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
      .trim()
      .replace(/[\\`*_[\]<#|~&$]/g, '\\$&')
      // Bare addresses become links, and @name and 1a2b3c… references.
      .replace(/:(?=\/\/)|(?<=\bwww)\./gi, '\\$&')
      .replaceAll('@', '@\u200B')
  );
}

/** A table in Markdown; its cells are Markdown. Columns from the second on are figures. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map((_, place) => (place === 0 ? '---' : '---:'))), ...rows.map(line)];
}
