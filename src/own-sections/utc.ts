/**
 * A Vega-Lite specification whose days are those of UTC, so that the time zone of the machine moves none of them: time units, and the
 * scales of channels that show time.
 */
export function inUtc(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(inUtc);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key === 'values' || key === 'datasets') return [key, value];
      if (key === 'timeUnit') return [key, utcUnit(value)];
      if (key === 'encoding' && typeof value === 'object' && value !== null)
        return [key, channelsInUtc(value)];
      return [key, inUtc(value)];
    }),
  );
}

const SCALED = /^(x|y|color|fill|stroke|opacity|size|xOffset|yOffset)$/;

function channelsInUtc(encoding: object): object {
  return Object.fromEntries(
    Object.entries(encoding).map(([channel, definition]: [string, unknown]) => {
      const inner = inUtc(definition);
      if (!SCALED.test(channel) || !isTemporal(inner)) return [channel, inner];
      const { scale } = inner;
      return [channel, scale === null ? inner : { ...inner, scale: { type: 'utc', ...Object(scale) } }];
    }),
  );
}

function isTemporal(definition: unknown): definition is { type: 'temporal'; scale?: unknown } {
  return (
    typeof definition === 'object' &&
    definition !== null &&
    'type' in definition &&
    definition.type === 'temporal'
  );
}

function utcUnit(unit: unknown): unknown {
  if (typeof unit === 'string') return unit.startsWith('utc') ? unit : `utc${unit}`;
  if (typeof unit === 'object' && unit !== null && 'unit' in unit)
    return { ...unit, unit: utcUnit(unit.unit) };
  return unit;
}
