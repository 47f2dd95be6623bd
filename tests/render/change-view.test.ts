import { expect, it } from 'vitest';
import { createFormat } from '../../src/format/format.js';
import { changeView } from '../../src/render/change-view.js';

const format = createFormat('en-IN', 'INR');

it.each([
  ['revenue', 'relative', 'money', 0.25, { sign: '↑', text: '25.0%', tone: 'good' }],
  ['revenue', 'relative', 'money', -0.25, { sign: '↓', text: '25.0%', tone: 'bad' }],
  ['payout', 'relative', 'money', 0.25, { sign: '↑', text: '25.0%', tone: 'flat' }],
  ['payout', 'relative', 'money', -0.25, { sign: '↓', text: '25.0%', tone: 'flat' }],
  ['roas', 'absolute', 'ratio', 0.19, { sign: '↑', text: '0.19×', tone: 'good' }],
  ['roi', 'absolute', 'share', -0.5, { sign: '↓', text: '50.0 pts', tone: 'bad' }],
  ['roas', 'absolute', 'ratio', 0.001, { sign: '=', text: 'unchanged', tone: 'flat' }],
  ['revenue', 'relative', 'money', 0, { sign: '=', text: 'unchanged', tone: 'flat' }],
  ['roi', 'absolute', 'share', null, { sign: '', text: 'n/a', tone: 'flat' }],
  ['revenue', 'relative', 'money', 12.5, { sign: '↑', text: 'over 1,000.0%', tone: 'good' }],
] as const)('%s, %s: a change of %s in %s', (id, kind, unit, change, expected) => {
  expect(changeView(id, kind, unit, change, format)).toEqual(expected);
});
