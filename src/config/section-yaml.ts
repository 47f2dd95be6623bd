import { z } from 'zod';
import type { Unit } from '../format/format.js';

/** Ids become attributes and anchors of the page, and names of files. */
export const SECTION_ID = /^[a-z0-9][a-z0-9_-]*$/;
const id = z.string().regex(SECTION_ID, 'is not an id of a-z, 0-9, _ and -');
const text = z.string().regex(/\S/, 'must not be blank');

const unit = z.enum([
  'money',
  'price',
  'count',
  'ratio',
  'share',
  'number',
  'exact',
  'text',
  'date',
]) satisfies z.ZodType<Unit>;

const column = z.strictObject({
  label: text.optional(),
  unit: unit.optional(),
  /** How it is computed, for the definitions in the appendix. */
  definition: text.optional(),
});

/** `section.yaml` of a section of the user's own. */
export const sectionYaml = z.strictObject({
  id: id.optional(),
  title: text,
  headline: text.optional(),
  notes: z.array(text).default([]),
  after: id.optional(),
  columns: z.record(z.string(), z.union([text.transform((label) => ({ label })), column])).default({}),
});

/** What is said of a column; all of it may be left out. */
export type ColumnWords = z.infer<typeof column>;
