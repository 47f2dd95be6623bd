import type { Head } from '../row-file.js';
import type { TableLabel } from '../settings.js';

/** What the name of a file says about it, with its folder and, for a workbook, its sheet. */
export interface FileName {
  /** The table that it calls itself, null where it says nothing. */
  table: TableLabel | null;
  /** Whether it uses the table's own name ("payouts") and not another word for it ("payments"). */
  isOwnName: boolean;
  /** A word that speaks against it: "old", "merged"; null where there is none. */
  doubt: string | null;
  /** A word that tells versions of one file apart: "final", "v2", "(1)"; null where there is none. */
  version: string | null;
  /** Whether it says that it was saved again beside another: "(1)". */
  isCopy: boolean;
  /** The name without dates and numbers; files of one kind share it. */
  pattern: string;
  /** Its dates and numbers: "2026-06"; '' where there are none. */
  marks: string;
  /** Folder below the data folder, '' for the data folder itself. */
  folder: string;
  /** What the folder calls itself: a table, a place for weekly files and the like, or null where it says neither. */
  folderOf: TableLabel | 'deliveries' | null;
}

/** Reads the name of a head, or of a file that could not be read. */
export function readFileName(head: Pick<Head, 'name'> & Partial<Pick<Head, 'file' | 'sheet'>>): FileName {
  const path = (head.file?.name ?? head.name).split('/');
  const file = wordsOf(withoutExtensions(path.at(-1) ?? ''));
  const sheet = wordsOf(head.sheet ?? '');
  const folders = path.slice(0, -1);
  const generic = sheet.length > 0 && sheet.every((word) => GENERIC_SHEET.test(word));
  const marked = [...file, ...(generic ? [] : sheet)];
  const all = [...folders.flatMap(wordsOf), ...file, ...sheet];
  const folder = wordsOf(folders.at(-1) ?? '');
  const call = [sheet, file, folder].map(tableCalled).find((each) => each !== null);
  const isForDeliveries = folder.some((word) => DELIVERIES.has(word));
  return {
    table: call?.table ?? null,
    isOwnName: call?.isOwnName ?? false,
    doubt: all.find((word) => DOUBTS.has(word)) ?? null,
    version: all.find((word) => VERSIONS.has(word) || DOUBTS.has(word) || VERSION.test(word)) ?? null,
    isCopy: file.some((word) => COPY.test(word)),
    pattern: [
      ...folders,
      ...[...file, '|', ...sheet].filter((word) => !isMark(word) && !COPY.test(word)),
    ].join(' '),
    marks: marked.filter(isMark).join('-'),
    folder: folders.join('/'),
    folderOf: tableCalled(folder)?.table ?? (isForDeliveries ? 'deliveries' : null),
  };
}

const EXTENSION = /\.(csv|tsv|tab|txt|gz|gzip|zst|zstd|xlsx|xlsm|xls|parquet|pq)$/i;
const COPY = /^\(\d+\)$/;
const VERSION = /^(v\d+|\(\d+\))$/;
const GENERIC_SHEET = /^(sheet|tab|page|\d+)$/;
const MONTH = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)$/;
const LONG_MONTH = /^(january|february|march|april|june|july|august|september|october|november|december)$/;

const DOUBTS: ReadonlySet<string> = new Set(
  `merged merge joined join combined summary dashboard pivot backup bak copy old sample example template archive
  archived test draft demo tmp temp deprecated previous`.split(/\s+/),
);
const VERSIONS: ReadonlySet<string> = new Set(
  'final new latest revised updated corrected approved fixed clean cleaned full complete all total'.split(
    ' ',
  ),
);

const DELIVERIES: ReadonlySet<string> = new Set(
  'drops drop weekly weeks daily monthly months exports deliveries'.split(' '),
);

/** Words by table; a name of several goes to the first: an "influencer payouts" file holds payouts. */
const CALLS: readonly (readonly [TableLabel, own: RegExp, other: RegExp])[] = [
  [
    'payouts',
    /^payouts?$/,
    /^(payments?|payroll|commissions?|fees?|earnings|settlements?|compensation|remuneration)$/,
  ],
  [
    'tracking_data',
    /^(tracking|trackingdata)$/,
    /^(orders?|sales?|transactions?|conversions?|purchases?|utm|attribution)$/,
  ],
  ['posts', /^posts?$/, /^(contents?|media|reels|videos)$/],
  [
    'influencers',
    /^influencers?$/,
    /^(creators?|profiles?|ambassadors?|affiliates?|partners?|kols?|roster|talents?)$/,
  ],
];

function tableCalled(words: readonly string[]): { table: TableLabel; isOwnName: boolean } | null {
  for (const [table, own, other] of CALLS) {
    const isOwnName = words.some((word) => own.test(word));
    if (isOwnName || words.some((word) => other.test(word))) return { table, isOwnName };
  }
  return null;
}

function isMark(word: string): boolean {
  return /^\d+$/.test(word) || MONTH.test(word) || LONG_MONTH.test(word);
}

function withoutExtensions(name: string): string {
  const bare = name.replace(EXTENSION, '');
  return bare === name ? bare : withoutExtensions(bare);
}

/** Words in lower case: runs of letters, runs of digits, versions ("v2") and copies ("(1)"). "TrackingData" is two words. */
function wordsOf(text: string): string[] {
  const spaced = text
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase();
  return spaced.match(/\(\d+\)|(?<!\p{L})v\d+|[\p{L}\p{M}]+|\p{N}+/gu) ?? [];
}
