/** One thing that a check found; what a check does not fill in is null. Money in minor units. */
export interface Case {
  influencer_id: string | null;
  /** Name of the influencer, where it is known. */
  name: string | null;
  /** What it is about, where that is not the influencer: a post, a campaign, a table. */
  subject: string | null;
  detail: string | null;
  /** ISO day. */
  day: string | null;
  /** How many rows of the files it stands for. */
  entries: number;
  money: number | null;
  /** Two figures that do not agree. */
  figure: number | null;
  other: number | null;
}

/** All that a check found. */
export interface Cases {
  count: number;
  /** Rows of the files that they stand for. */
  entries: number;
  money: number;
  /** At most three: those with the most money, then with the widest gap between their figures. */
  first: readonly Case[];
}

const TYPES = {
  influencer_id: 'VARCHAR',
  subject: 'VARCHAR',
  detail: 'VARCHAR',
  day: 'VARCHAR',
  entries: 'BIGINT',
  money: 'BIGINT',
  figure: 'BIGINT',
  other: 'BIGINT',
} as const;

/** SQL expressions for the columns of a case. */
export type CaseColumns = Partial<Record<keyof typeof TYPES, string>>;

/**
 * The query for the cases of a check: a row each.
 *
 * @param from - what follows FROM; it may read the canonical tables, those of the model, and `people`
 */
export function casesSql(columns: CaseColumns, from: string): string {
  const list = Object.entries(TYPES).map(([name, type]) => {
    const expression = columns[name as keyof typeof TYPES] ?? (name === 'entries' ? '1' : 'NULL');
    return `CAST(${expression} AS ${type}) AS ${name}`;
  });
  return `SELECT ${list.join(', ')} FROM ${from}`;
}

/** "Asha Rao (I042)", or the id alone. */
export function who({ influencer_id, name }: Case): string {
  if (influencer_id === null) return 'no influencer';
  return name === null ? influencer_id : `${name} (${influencer_id})`;
}
