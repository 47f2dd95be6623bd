import { describe, expect, it } from 'vitest';
import { namesOf } from '../../../src/sources/recognise/aliases.js';
import { spelling } from '../../../src/sources/recognise/spelling.js';
import { surveyFiles } from '../../../src/sources/recognise/survey.js';
import { SOURCE_TABLES } from '../../../src/sources/tables.js';
import { columnsOf, folderOf, PLAIN, settingsOf } from './heads.js';

describe.each(SOURCE_TABLES)('the names of $label', ({ label, columns, unstored }) => {
  const names = namesOf(label);
  const canonical = [...columns.map(({ name }) => name), ...unstored];

  it('are those of its columns, and none says nothing', () => {
    for (const name of canonical) expect(names.get(spelling(name))).toEqual([{ column: name, rank: 0 }]);
    expect(names.has('')).toBe(false);
  });

  it('stand once for a column', () => {
    for (const [name, uses] of names) {
      expect(new Set(uses.map(({ column }) => column)).size, name).toBe(uses.length);
    }
  });

  it('each stand for the column in a file that is else plain', () => {
    const [header, row] = PLAIN[label];
    const own = (column: string) =>
      header.split(',').find((each) => names.get(spelling(each))?.some((use) => use.column === column));
    for (const [name, uses] of names) {
      for (const { column } of uses.filter((use) => !unstored.includes(use.column))) {
        const renamed = header.split(',').map((each) => (each === own(column) ? name : each));
        const folder = folderOf({ [`${label}.csv`]: [renamed.join(','), row] });
        expect(columnsOf(surveyFiles(folder, settingsOf()), label)[column], `${name} for ${column}`).toBe(
          name,
        );
      }
    }
  });
});
