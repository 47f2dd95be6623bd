/** One issue of a report: what was meant to go out for a schedule at a time. Folder, ledger rows and Message-ID hang on it. */
export interface Edition {
  schedule: string;
  /** Name of the intended time, such as `2026-11-23T0700+0100`; of one sent by hand its day, such as `2026-11-23`. */
  slot: string;
}

/** How people and commands name an edition: `weekly-board/2026-11-23T0700+0100`. */
export function editionName({ schedule, slot }: Edition): string {
  return `${schedule}/${slot}`;
}

/** Reads what `editionName` writes; null for anything else. */
export function parseEditionName(text: string): Edition | null {
  const [, schedule, slot] = /^([a-z0-9-]+)\/([0-9TZ+-]+)$/.exec(text) ?? [];
  return schedule === undefined || slot === undefined ? null : { schedule, slot };
}
