import type { Comparison } from '../report/comparison-schema.js';
import type { Finding, Section } from '../report/schema.js';
import { emptyResult, type SectionContext, type SectionDefinition } from '../sections/section.js';

export interface ComputedSection {
  section: Section;
  findings: Finding[];
}

export interface SectionInputs {
  definitions: readonly SectionDefinition[];
  context: SectionContext;
  /** What differs from an earlier edition, by the sections that do not compare; null where there is none. */
  compare(sections: Section[]): Comparison | null;
  /** What the report says where a section fails. */
  wordsOf(definition: SectionDefinition, error: unknown): string;
}

/**
 * Computes the sections side by side, those that compare after the others, and returns them in their order. One that fails becomes an error
 * in its place.
 */
export async function computeSections({
  definitions,
  context,
  compare,
  wordsOf,
}: SectionInputs): Promise<{ computed: ComputedSection[]; comparison: Comparison | null }> {
  const results = new Map<SectionDefinition, ComputedSection>();
  const compute = (chosen: readonly SectionDefinition[], known: SectionContext) =>
    Promise.all(
      chosen.map(async (definition) => {
        results.set(definition, await computeSection(definition, known, wordsOf));
      }),
    );
  const inOrder = () => definitions.flatMap((definition) => results.get(definition) ?? []);
  const comparing = definitions.filter(({ compares }) => compares);
  await compute(
    definitions.filter((definition) => !comparing.includes(definition)),
    context,
  );
  const comparison = compare(inOrder().map(({ section }) => section));
  if (comparison !== null) await compute(comparing, { ...context, comparison });
  return { computed: inOrder(), comparison };
}

async function computeSection(
  definition: SectionDefinition,
  context: SectionContext,
  wordsOf: SectionInputs['wordsOf'],
): Promise<ComputedSection> {
  const { id, title } = definition;
  try {
    const { findings, ...result } = await definition.compute(context);
    return { section: { id, title, ...result }, findings };
  } catch (error) {
    const { findings, ...result } = emptyResult('This section could not be computed');
    return { section: { id, title, ...result, error: wordsOf(definition, error) }, findings };
  }
}
