import 'vega';

declare module 'vega' {
  /** Where vega asks for the width of a text; an own function is what it expects a program without a canvas to set. */
  export const textMetrics: {
    width: (
      item: { fontSize?: number; limit?: number; fontWeight?: number | string },
      text: string,
    ) => number;
  };
}
