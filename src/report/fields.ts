import { z } from 'zod';

/** An id becomes attributes and anchors of the page. */
export const id = z.string().regex(/^[a-z0-9][a-z0-9_-]*$/, 'is not an id of a-z, 0-9, _ and -');

/** How a figure of the report is written. */
export const unit = z
  .enum(['money', 'price', 'count', 'ratio', 'share', 'number', 'exact', 'text', 'date'])
  .describe(
    'money and price: major units of the currency; ratio: 0.72 means 0.72×; share: 0.123 means 12.3%',
  );
