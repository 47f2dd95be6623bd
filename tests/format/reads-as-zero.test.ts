import { expect, it } from 'vitest';
import { createFormat, type Unit } from '../../src/format/format.js';
import { readsAsZero } from '../../src/format/reads-as-zero.js';

it.each<[number | null, 'relative' | 'absolute', Unit, boolean]>([
  [0, 'relative', 'money', true],
  [0.0004, 'relative', 'money', true],
  [-0.0004, 'relative', 'count', true],
  [0.0006, 'relative', 'money', false],
  [-0.0006, 'relative', 'money', false],
  [-0.004, 'absolute', 'ratio', true],
  [0.006, 'absolute', 'ratio', false],
  [0.0004, 'absolute', 'share', true],
  [0.4, 'absolute', 'money', true],
  [-0.6, 'absolute', 'money', false],
  [1e12, 'relative', 'money', false],
  [null, 'relative', 'money', false],
])('%d, %s, of %s reads as zero: %s', (change, kind, unit, expected) => {
  for (const locale of ['en-IN', 'de-DE', 'ar-EG', 'hi-IN-u-nu-deva'])
    expect(readsAsZero(change, kind, unit, createFormat(locale, 'INR'))).toBe(expected);
});
