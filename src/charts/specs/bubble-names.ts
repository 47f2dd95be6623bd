import { roughWidth } from '../axis.js';
import { COLUMN } from '../theme.js';

/** Width of the plot, in px. */
export const PLOT = COLUMN - 42;
/** Areas of the bubbles, px². */
export const SMALLEST = 12;
export const LARGEST = 620;
/** How many of the largest bubbles are named where there is room. */
const CANDIDATES = 12;

interface Point {
  name: string;
  followers: number;
  roas: number | null;
  /** What its area shows. */
  area: number;
}

export interface Label {
  name: string;
  /** Where the text stands, in px of the plot, and the end it hangs from. */
  x: number;
  y: number;
  align: 'left' | 'right' | 'center';
}

/** Names of the largest bubbles, each beside its own, where they meet neither another name nor another bubble nor the plot's edge. */
export function namesThatFit(
  points: readonly Point[],
  [left, right]: [number, number],
  [low, high]: [number, number],
  bottom: number,
  baseline: { roas: number; label: string } | null,
): Label[] {
  const largest = Math.max(1, ...points.map((point) => point.area));
  const height = (roas: number) =>
    bottom - ((root(roas) - root(low)) / (root(high) - root(low))) * (bottom - 10);
  const placed = points.flatMap(({ name, followers, roas, area }) =>
    roas === null
      ? []
      : [
          {
            name,
            x: (PLOT * Math.log(followers / left)) / Math.log(right / left),
            y: height(roas),
            radius: Math.sqrt((SMALLEST + ((LARGEST - SMALLEST) * area) / largest) / Math.PI),
          },
        ],
  );
  const taken: Box[] =
    baseline === null
      ? []
      : [
          {
            left: 0,
            right: roughWidth(baseline.label),
            top: height(baseline.roas) - 18,
            bottom: height(baseline.roas),
          },
        ];
  return placed.slice(0, CANDIDATES).flatMap((bubble, index) => {
    const others = placed.filter((_, other) => other !== index);
    for (const label of places(bubble)) {
      const box = boxOf(label);
      const inside = box.left >= 0 && box.right <= PLOT && box.top >= 0 && box.bottom <= bottom - 4;
      if (
        !inside ||
        taken.some((other) => overlap(box, other)) ||
        others.some((other) => overlap(box, around(other)))
      )
        continue;
      taken.push(box);
      return [label];
    }
    return [];
  });
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Right of a bubble, left of it, above and below. */
function places({ name, x, y, radius }: { name: string; x: number; y: number; radius: number }): Label[] {
  const away = radius + 4;
  return [
    { name, x: x + away, y, align: 'left' },
    { name, x: x - away, y, align: 'right' },
    { name, x, y: y - away - 5, align: 'center' },
    { name, x, y: y + away + 5, align: 'center' },
  ];
}

function boxOf({ name, x, y, align }: Label): Box {
  const width = roughWidth(name);
  const left = { left: x, right: x - width, center: x - width / 2 }[align];
  return { left: left - 2, right: left + width + 2, top: y - 7, bottom: y + 7 };
}

function around({ x, y, radius }: { x: number; y: number; radius: number }): Box {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The square root with the sign of the value, as the axis has it. */
export function root(value: number): number {
  return Math.sign(value) * Math.sqrt(Math.abs(value));
}
