import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseGate } from '../../src/ci/gates.js';

describe('a gate', () => {
  it.each([
    ['roas<0.8', { name: 'roas', operator: '<', limit: 0.8, isPercentage: false }],
    ['roi<-10%', { name: 'roi', operator: '<', limit: -0.1, isPercentage: true }],
    ['roi < −10 %', { name: 'roi', operator: '<', limit: -0.1, isPercentage: true }],
    ['Revenue<=1000000', { name: 'revenue', operator: '<=', limit: 1_000_000 }],
    ['revenue.change>=+12.3%', { name: 'revenue.change', operator: '>=', limit: 0.123 }],
    ['restated>0', { name: 'restated', operator: '>', limit: 0 }],
    ['top-campaigns.roas<.5', { name: 'top-campaigns.roas', operator: '<', limit: 0.5 }],
  ])('%s is a figure and a limit', (text, parts) => {
    expect(parseGate(text)).toMatchObject({ kind: 'figure', ...parts });
  });

  it.each(['warning', 'error'])('quality=%s is one on checks', (severity) => {
    expect(parseGate(` Quality = ${severity} `)).toEqual({
      kind: 'quality',
      severity,
      text: `quality=${severity}`,
    });
  });

  it.each([
    '',
    'roas',
    'roas<',
    '<0.8',
    'roas=0.8',
    'roas<low',
    'roas<1,5',
    'roas<0.8x',
    'roas<1e3',
    'roas<>1',
    'quality=info',
    'quality<warning',
    'quality>=warning',
    'roas<5%%',
    'ro as<<1',
    'roas<NaN',
  ])('%j is none, and the message shows one', (text) => {
    expect(() => parseGate(text)).toThrow(
      expect.objectContaining({
        code: 'gate-malformed',
        exitCode: 2,
        message: `"${text}" is not a gate.`,
        hint: expect.stringContaining('"roas<0.8"'),
      }),
    );
  });

  it('has the very number that was written, as a percentage too', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.nat({ max: 999 }), (whole, decimals) => {
        const digits = `${whole}.${String(decimals).padStart(3, '0')}`;
        expect(parseGate(`roas<${digits}`)).toMatchObject({ limit: Number(digits) });
        expect(parseGate(`roas<${digits}%`)).toMatchObject({ limit: Number(`${digits}e-2`) });
      }),
    );
  });
});
