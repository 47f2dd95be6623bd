import type { AttachmentKind } from '../config/schedules.js';
import { attachmentHeaders } from './compose.js';

export interface PlannedFile {
  kind: AttachmentKind;
  /** File name. */
  name: string;
  /** Size of the file itself. */
  bytes: number;
}

export interface SizePlan<File extends PlannedFile> {
  /** What is attached, in the order given. */
  kept: File[];
  /** What is left out, in the order given. */
  dropped: File[];
  /** For each kind that is left out, a sentence for the body. */
  notes: string[];
  /** Size of the whole message as it travels, with room for the notes. */
  bytes: number;
}

/** The content type of each kind of attachment; the size is planned with it. */
export const CONTENT_TYPES: Record<AttachmentKind, string> = {
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
};

/** From the one that people miss most to the one they miss least. */
const BY_IMPORTANCE: readonly AttachmentKind[] = ['pdf', 'html', 'xlsx', 'csv', 'json'];

const NAMES: Record<AttachmentKind, string> = {
  pdf: 'PDF',
  html: 'web page',
  csv: 'CSV table',
  xlsx: 'Excel workbook',
  json: 'JSON file',
};

/** The frame around body and attachments: its boundary, the headers of the body and both ends. */
const FRAME_BYTES = 186;
const BOUNDARY_BYTES = 42;
const LINE_BYTES = 76;
/** Room for a note in the plain text and in the HTML with its markup. */
const NOTE_BYTES = 1_000;

/**
 * Decides which attachments fit. Whole kinds are left out, the least missed first: JSON, CSV, Excel, HTML, and the PDF last; a smaller
 * kind that still fits beside what is kept stays. A body that is too large by itself stays, with nothing attached; `bytes` tells.
 *
 * @param sizes.bodyBytes - size of the message without attachments, as `composeMessage` gives it
 * @param sizes.limitBytes - the largest message that may travel
 */
export function planSize<File extends PlannedFile>({
  bodyBytes,
  attachments,
  limitBytes,
}: {
  bodyBytes: number;
  attachments: readonly File[];
  limitBytes: number;
}): SizePlan<File> {
  const kinds = BY_IMPORTANCE.filter((kind) => attachments.some((file) => file.kind === kind));
  const filesOf = (some: readonly AttachmentKind[]) => attachments.filter(({ kind }) => some.includes(kind));
  const weight = (kept: readonly AttachmentKind[]) =>
    bodyBytes +
    (kept.length === 0 ? 0 : FRAME_BYTES) +
    filesOf(kept).reduce((sum, file) => sum + partBytes(file), 0) +
    (kinds.length - kept.length) * NOTE_BYTES;
  const kept = selections(kinds).find((some) => weight(some) <= limitBytes) ?? [];
  const left = kinds.filter((kind) => !kept.includes(kind));
  return {
    kept: filesOf(kept),
    dropped: filesOf(left),
    notes: left.map((kind) => noteOn(kind, filesOf([kind]), limitBytes)),
    bytes: weight(kept),
  };
}

/** Every choice of the kinds: all of them first, then those without the last, and so on; none at the end. */
function selections(kinds: readonly AttachmentKind[]): AttachmentKind[][] {
  const [first, ...rest] = kinds;
  if (first === undefined) return [[]];
  const others = selections(rest);
  return [...others.map((some) => [first, ...some]), ...others];
}

/** Bytes of a file as a part of the message: boundary, headers, and base64 in lines. */
function partBytes({ kind, name, bytes }: PlannedFile): number {
  const headers = attachmentHeaders({ name, contentType: CONTENT_TYPES[kind] }).length;
  const letters = 4 * Math.ceil(bytes / 3);
  const breaks = Math.max(0, Math.ceil(letters / LINE_BYTES) - 1);
  return '\r\n--\r\n'.length + BOUNDARY_BYTES + headers + '\r\n\r\n'.length + letters + 2 * breaks;
}

function noteOn(kind: AttachmentKind, files: readonly PlannedFile[], limitBytes: number): string {
  const size = sizeText(files.reduce((sum, { bytes }) => sum + bytes, 0));
  const [what, them] =
    files.length === 1
      ? [`The ${NAMES[kind]} (${size}) was`, 'it']
      : [`The ${files.length} ${NAMES[kind]}s (${size}) were`, 'them'];
  return `${what} left out: the message would have been larger than ${sizeText(limitBytes)}. Ask for ${them} by replying.`;
}

/** 7.2 MB, 0.25 MB; a size below 0.1 MB in kB. */
function sizeText(bytes: number): string {
  if (bytes < 100_000) return `${Math.ceil(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 1_000_000 ? 2 : 1).replace(/\.?0+$/, '')} MB`;
}
