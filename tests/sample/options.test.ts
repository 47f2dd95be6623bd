import { describe, expect, it } from 'vitest';
import { ReportError } from '../../src/errors.js';
import { parseOptions } from '../../src/sample/options.js';

describe('parseOptions', () => {
  it('fills in what is not given', () => {
    expect(parseOptions([])).toEqual({ size: 3000, seed: 39, out: 'data' });
  });

  it('reads all flags', () => {
    expect(parseOptions(['--size', '20', '--seed=4294967295', '--out', 'elsewhere'])).toEqual({
      size: 20,
      seed: 4_294_967_295,
      out: 'elsewhere',
    });
  });

  it.each([
    [['--size', '0'], '--size must be a whole number from 1 to 1000000000, not "0".'],
    [['--size', '1e3'], '--size must be a whole number from 1 to 1000000000, not "1e3".'],
    [['--size', ''], '--size must be a whole number from 1 to 1000000000, not "".'],
    [['--size=-5'], '--size must be a whole number from 1 to 1000000000, not "-5".'],
    [['--seed', '4294967296'], '--seed must be a whole number from 0 to 4294967295, not "4294967296".'],
    [['--seed', '1.5'], '--seed must be a whole number from 0 to 4294967295, not "1.5".'],
    [['--out', ''], '--out needs the name of a folder.'],
    [['--rows', '5'], "Unknown option '--rows'."],
    [['more'], "Unexpected argument 'more'."],
    [['--size'], "Option '--size <value>' argument missing."],
    [['--size', '--seed'], "Option '--size' argument is ambiguous."],
  ])('refuses %j in one line', (args, message) => {
    expect(() => parseOptions(args)).toThrow(
      expect.objectContaining({ message, exitCode: 2, hint: expect.stringMatching(/^Usage: .*--size N/) }),
    );
    expect(() => parseOptions(args)).toThrow(ReportError);
  });
});
