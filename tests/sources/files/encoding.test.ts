import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDecoder } from '../../../src/sources/files/decode.js';
import { decodesAsUtf8, detectEncoding } from '../../../src/sources/files/encoding.js';
import { useScratch } from './scratch.js';

const scratch = useScratch();
const running = new AbortController().signal;

async function verdict(content: string | Buffer) {
  const file = await scratch.write('a.csv', content);
  return decodesAsUtf8(file.path, running);
}

const detect = (bytes: Buffer) => detectEncoding(bytes, true);
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('detectEncoding', () => {
  const text = 'id,name\n1,Zoë\n2,नमस्ते दुनिया\n3,😀\n';

  it('goes by the byte order mark', () => {
    expect(detect(Buffer.from(`\uFEFF${text}`))).toBe('utf-8');
    expect(detect(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toBe('utf-16le');
    expect(detect(utf16be(`\uFEFF${text}`))).toBe('utf-16be');
  });

  it('sees UTF-16 without a mark by its zeros', () => {
    expect(detect(Buffer.from(text, 'utf16le'))).toBe('utf-16le');
    expect(detect(utf16be(text))).toBe('utf-16be');
    expect(detect(Buffer.from('नाम,शहर\nआशा,दिल्ली\n', 'utf16le'))).toBe('utf-16le');
  });

  it('takes for UTF-8 what is, even when it is cut in a character', () => {
    expect(detect(Buffer.from(text))).toBe('utf-8');
    const cut = Buffer.from('a,😀').subarray(0, 5);
    expect(detectEncoding(cut, false)).toBe('utf-8');
    expect(detectEncoding(cut, true)).toBe('windows-1252');
    expect(detect(Buffer.alloc(0))).toBe('utf-8');
  });

  it('takes for Windows-1252 what is not, and for UTF-8 what mostly is', () => {
    expect(detect(Buffer.from('name\nZoë\n', 'latin1'))).toBe('windows-1252');
    expect(detect(Buffer.concat([Buffer.from(text), Buffer.from([0xff])]))).toBe('utf-8');
  });

  it('calls binary what is no text', () => {
    expect(detect(Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 251)))).toBe('binary');
    expect(detect(Buffer.from('a,b\0\n'))).toBe('binary');
    expect(detect(Buffer.from(`${'a,b\n'.repeat(100)}\0`))).toBe('utf-8');
  });
});

describe('decodesAsUtf8', () => {
  it('tells whole UTF-8 from Windows-1252 and from broken UTF-8', async () => {
    expect(await verdict('a,é,नमस्ते,😀\n')).toBe('utf-8');
    expect(await verdict('')).toBe('utf-8');
    expect(await verdict(Buffer.from('Zoë, São Paulo, naïve\n', 'latin1'))).toBe('windows-1252');
    expect(await verdict(Buffer.concat([Buffer.from('a,नमस्ते\n'), Buffer.from('Zoë\n', 'latin1')]))).toBe(
      'mixed',
    );
  });

  it('looks at the file to its end, over the borders of what it reads at once', async () => {
    const text = Buffer.from(`x${'😀'.repeat(200_000)}`);
    expect(await verdict(text)).toBe('utf-8');
    expect(await verdict(Buffer.concat([text, Buffer.from([0x80])]))).toBe('mixed');
    expect(await verdict(text.subarray(0, -1))).toBe('mixed');
    expect(await verdict(Buffer.concat([Buffer.alloc(700_000, 'a'), Buffer.from([0xe9])]))).toBe(
      'windows-1252',
    );
  });

  it('agrees with Node.js on what is UTF-8', async () => {
    const byte = fc.constantFrom(
      0x41,
      0x80,
      0xbf,
      0xc2,
      0xe0,
      0xa0,
      0x9f,
      0xed,
      0xef,
      0xf0,
      0x90,
      0xf4,
      0x8f,
      0xf5,
      0xff,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(byte, { maxLength: 8 }), async (bytes) => {
        const content = Buffer.from(bytes);
        expect((await verdict(content)) === 'utf-8').toBe(isUtf8(content));
      }),
    );
  });

  it('stops with the reason of the signal', async () => {
    const file = await scratch.write('a.csv', 'a');
    await expect(decodesAsUtf8(file.path, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});

describe('a decoder', () => {
  it('knows the characters of Windows-1252 that Latin-1 has not', () => {
    expect(openDecoder('windows-1252').decode(Buffer.from('80939682e9f6', 'hex'))).toBe('€“–‚éö');
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be'] as const)(
    'of %s joins what was cut, and leaves out the mark',
    (encoding) => {
      const text = 'é,नमस्ते,😀';
      const marked = `\uFEFF${text}`;
      const bytes = {
        'utf-8': Buffer.from(marked),
        'utf-16le': Buffer.from(marked, 'utf16le'),
        'utf-16be': utf16be(marked),
      };
      const decoder = openDecoder(encoding);
      const pieces = [...bytes[encoding]].map((byte) => decoder.decode(Buffer.from([byte])));
      expect(pieces.join('') + decoder.end()).toBe(text);
    },
  );
});
