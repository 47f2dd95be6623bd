import fc from 'fast-check';

/** A CSV file as somebody may hand it in, and how it was meant. */
export interface MutatedFile {
  content: Buffer;
  delimiter: string;
  /** Lines above the header, before anything was damaged. */
  linesAbove: number;
  /** Number of fields in the header, before anything was damaged. */
  width: number;
}

/** A file with this header and rows like these, in any dialect, and most often damaged in a few places. */
export function mutatedFile(
  header: readonly string[],
  rows: fc.Arbitrary<readonly (readonly string[])[]>,
): fc.Arbitrary<MutatedFile> {
  return fc.record({ rows, dialect, damages }).map(({ rows: values, dialect: style, damages: places }) => ({
    content: places.reduce(damage, Buffer.from(written([header, ...values], style))),
    delimiter: style.delimiter,
    linesAbove: style.above.length,
    width: header.length,
  }));
}

interface Dialect {
  delimiter: string;
  lineBreak: string;
  mark: '' | '\ufeff';
  /** Lines above the header. */
  above: readonly string[];
  quotes: 'needed' | 'all';
  /** Between a delimiter and the value. */
  space: string;
  ending: 'break' | 'nothing' | 'blank lines' | 'separators';
}

const mostly = <Value>(usual: Value, ...others: Value[]) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constant(usual) },
    { weight: 2, arbitrary: fc.constantFrom(...others) },
  );

const dialect: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(',', ',', ';', '\t', '|'),
  lineBreak: fc.constantFrom('\n', '\n', '\r\n', '\r\n', '\r'),
  mark: mostly<'' | '\ufeff'>('', '\ufeff'),
  above: mostly<readonly string[]>([], ['Report'], ['', 'June "25'], ['"Report, 2025"'], ['']),
  quotes: mostly<Dialect['quotes']>('needed', 'all'),
  space: mostly('', '', ' ', '  ', '\t', '\u00a0'),
  ending: mostly<Dialect['ending']>('break', 'nothing', 'blank lines', 'separators'),
});

function written(records: readonly (readonly string[])[], style: Dialect): string {
  const { delimiter, lineBreak, quotes, space } = style;
  const field = (value: string) => {
    const needsQuotes = quotes === 'all' || value.includes(delimiter) || /^\s*"|[\r\n]/.test(value);
    return needsQuotes ? `"${value.replaceAll('"', '""')}"` : value;
  };
  const lines = [
    ...style.above,
    ...records.map((record) =>
      record.map((value, index) => (index === 0 ? '' : space) + field(value)).join(delimiter),
    ),
  ];
  const endings = {
    break: lineBreak,
    nothing: '',
    'blank lines': lineBreak.repeat(3),
    separators: lineBreak + delimiter.repeat(records[0]?.length ?? 1) + lineBreak,
  };
  return style.mark + lines.join(lineBreak) + endings[style.ending];
}

interface Damage {
  /** Where, as a share of the file. */
  at: number;
  kind: 'insert' | 'remove' | 'replace' | 'repeat';
  bytes: Buffer;
}

const damages: fc.Arbitrary<Damage[]> = fc.array(
  fc
    .record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      kind: fc.constantFrom('insert', 'insert', 'remove', 'replace', 'repeat'),
      bytes: fc
        .constantFrom(
          ...[
            '"',
            '""',
            ',',
            ';',
            '\t',
            '|',
            ' "',
            '" ',
            '\n',
            '\r',
            '\r\n',
            '\n\n',
            '\0',
            '\\',
            '#',
            '\u2028',
          ],
          ...['  ', '\u00a0"', 'é', '😀', '\ufffd', '\n"', '"\n', '",\n"'],
        )
        .map((text) => Buffer.from(text)),
    })
    .chain((place) => fc.constantFrom(place, place, place, place, { ...place, bytes: Buffer.from([0xe9]) })),
  { maxLength: 3 },
);

function damage(content: Buffer, { at, kind, bytes }: Damage): Buffer {
  const place = Math.floor(at * content.length);
  const [before, after] = [content.subarray(0, place), content.subarray(place)];
  if (kind === 'insert') return Buffer.concat([before, bytes, after]);
  if (kind === 'remove') return Buffer.concat([before, after.subarray(1)]);
  if (kind === 'replace') return Buffer.concat([before, bytes, after.subarray(bytes.length)]);
  return Buffer.concat([before, after.subarray(0, 20), after]);
}

/** The four tables as files by name, with consistent rows, each in a dialect of its own and most often damaged. */
export const mutatedTables: fc.Arbitrary<Record<string, Buffer>> = fc
  .record({
    influencers: mutatedFile(
      ['influencer_id', 'name', 'category', 'follower_count', 'platform'],
      fc.constant([
        ['A', 'Asha', 'Fitness', '5000', 'Instagram'],
        ['B', 'Bina "B", Rao', 'Food', '50000', 'YouTube'],
        ['C', 'हरि 😀', '', '', 'TikTok'],
      ]),
    ),
    posts: mutatedFile(
      ['post_id', 'influencer_id', 'platform', 'date', 'caption', 'reach', 'likes', 'comments'],
      fc.constant([
        ['PA', 'A', 'Instagram', '2025-06-02', 'First line\nsecond, with a "quote"', '1000', '90', '10'],
        ['PB', 'B', 'YouTube', '2025-06-10', '', '4000', '90', '10'],
        ['PC', 'A', 'Instagram', '2025-06-12', 'plain', '', '', ''],
      ]),
    ),
    tracking_data: mutatedFile(
      ['source', 'campaign', 'influencer_id', 'product', 'date', 'orders', 'revenue'],
      fc
        .array(
          fc.constantFrom(
            ['PA', 'North', 'A', 'Tea', '2025-06-02', '1', '600'],
            ['PB', 'South', 'B', 'Oil, 1 l', '2025-06-10', '2', '900.50'],
            ['organic', '', '', 'Tea', '2025-06-11', '1', '300'],
          ),
          { maxLength: 20, size: 'max' },
        )
        .map((rows) => [['PA', 'North', 'A', 'Tea', '2025-06-02', '1', '600'], ...rows]),
    ),
    payouts: mutatedFile(
      ['influencer_id', 'basis', 'rate', 'orders', 'total_payout'],
      fc.constant([
        ['A', 'order', '300', '3', '900'],
        ['B', 'post', '1000', '1', '1000'],
      ]),
    ),
  })
  .map((files) =>
    Object.fromEntries(Object.entries(files).map(([name, { content }]) => [`${name}.csv`, content])),
  );
