import type { AttachmentKind } from '../config/schedules.js';
import type { Report } from '../report/schema.js';

/** A file of a report, as it is attached to a message. */
export interface Attachment {
  kind: AttachmentKind;
  name: string;
  content: Uint8Array;
}

/** The files of a report that a message is to carry, in the order of their kinds. */
export async function attachmentsOf(
  kinds: readonly AttachmentKind[],
  { report, html, pdf }: { report: Report; html: string; pdf: Uint8Array },
): Promise<Attachment[]> {
  const name = `${plainName(report.meta.title)}-${report.meta.asOf}`;
  const made: Record<AttachmentKind, () => Promise<[ending: string, content: string | Uint8Array][]>> = {
    pdf: async () => [['.pdf', pdf]],
    html: async () => [['.html', html]],
    json: async () => [['.json', `${JSON.stringify(report, null, 2)}\n`]],
    xlsx: async () => [['.xlsx', await (await import('../exports/workbook.js')).workbook(report)]],
    csv: async () => {
      const { csvTables, ATTACHED_TABLES } = await import('../exports/tables-csv.js');
      const tables = csvTables(report);
      return [...tables]
        .filter(([file]) => ATTACHED_TABLES.includes(file))
        .map(([file, text]) => [`-${file}`, text]);
    },
  };
  const files = await Promise.all(
    kinds.map(async (kind) =>
      (await made[kind]()).map(([ending, content]) => ({
        kind,
        name: `${name}${ending}`,
        content: typeof content === 'string' ? Buffer.from(content) : content,
      })),
    ),
  );
  return files.flat();
}

function plainName(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
  return plain === '' ? 'report' : plain.slice(0, 60);
}
