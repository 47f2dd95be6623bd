import { type OwnSection, readOwnSections } from '../config/own-sections.js';
import { EXIT, ReportError } from '../errors.js';
import type { SectionDefinition } from '../sections/section.js';
import { ownDefinition, type Workshop } from './define.js';

const LAST = 'appendix';

/**
 * The sections of a report with the user's own among them, each after the one that it names, else before the appendix. They are read anew
 * each time, so that a file that changed counts. An isolated report has none: their SQL could reach beyond what its readers may see.
 *
 * @param builtIn - the sections of the report otherwise
 * @param folders - of the own sections, absolute
 * @param workshop - `isolated` leaves the own sections out, with a warning
 * @throws ReportError (exit code 2) for a folder that cannot be used, or an id or place that does not fit
 */
export async function withOwnSections(
  builtIn: readonly SectionDefinition[],
  folders: readonly string[],
  workshop: Workshop & { isolated: boolean },
): Promise<readonly SectionDefinition[]> {
  const own = await readOwnSections(folders);
  const placed = placedAmong(builtIn, own);
  if (!workshop.isolated) {
    return placed.map((section) => ('folder' in section ? ownDefinition(section, workshop) : section));
  }
  for (const { title } of own) {
    workshop.effects.warn(`The section "${title}" is left out where readers may see only their part.`);
  }
  return builtIn;
}

/** @throws ReportError (exit code 2) as `withOwnSections` does, before any data are read */
export async function assertOwnSections(
  builtIn: readonly SectionDefinition[],
  folders: readonly string[],
): Promise<void> {
  placedAmong(builtIn, await readOwnSections(folders));
}

type Placed = SectionDefinition | OwnSection;

function placedAmong(builtIn: readonly SectionDefinition[], own: readonly OwnSection[]): Placed[] {
  const placed: Placed[] = [...builtIn];
  for (const section of own) {
    if (builtIn.some(({ id }) => id === section.id)) {
      throw misplaced(`${section.placeOf(['id'])}: a built-in section is called "${section.id}" already.`);
    }
    placed.splice(placeOf(section, placed), 0, section);
  }
  return placed;
}

function placeOf(section: OwnSection, placed: readonly Placed[]): number {
  if (section.after === null) {
    const last = placed.findIndex(({ id }) => id === LAST);
    return last === -1 ? placed.length : last;
  }
  const before = placed.findIndex(({ id }) => id === section.after);
  if (before !== -1) return before + 1;
  throw misplaced(
    `${section.placeOf(['after'])}: there is no section "${section.after}" before this one; there are ${placed.map(({ id }) => id).join(', ')}.`,
  );
}

function misplaced(message: string): ReportError {
  return new ReportError(message, {
    code: 'section-invalid',
    exitCode: EXIT.usage,
    hint: 'Change it, or leave it out.',
  });
}
