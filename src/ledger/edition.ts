import { EXIT, ReportError } from '../errors.js';

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

/**
 * Reads what `editionName` writes.
 *
 * @throws ReportError `edition-name` (exit code 2)
 */
export function requireEdition(name: string): Edition {
  const [, schedule, slot] = /^([a-z0-9-]+)\/([0-9TZ+-]+)$/.exec(name) ?? [];
  if (schedule !== undefined && slot !== undefined) return { schedule, slot };
  throw new ReportError(`"${name}" is not the name of an edition.`, {
    code: 'edition-name',
    exitCode: EXIT.usage,
    hint: 'It is written like weekly-board/2026-11-23T0700+0100; roi-report runs lists them.',
  });
}
