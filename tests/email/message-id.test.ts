import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageIdOf } from '../../src/email/message-id.js';

const delivery = {
  schedule: 'board-weekly',
  slot: '2025-06-30T01:30:00Z',
  recipient: 'Anna Example <Anna@Example.com>',
  channel: 'email',
};

describe('the Message-ID of a delivery', () => {
  it('stays the same for ever', () => {
    expect(messageIdOf(delivery, 'example.com')).toBe(
      '<73cced0aa28aad6ea87c9235afface7ce05de6d4@example.com>',
    );
  });

  it('does not depend on the name of the recipient and the case of the address', () => {
    expect(messageIdOf({ ...delivery, recipient: 'anna@example.com' }, 'example.com')).toBe(
      messageIdOf(delivery, 'example.com'),
    );
  });

  it.each(['schedule', 'slot', 'recipient', 'channel'] as const)('depends on the %s', (field) => {
    expect(messageIdOf({ ...delivery, [field]: 'other@example.com' }, 'example.com')).not.toBe(
      messageIdOf(delivery, 'example.com'),
    );
  });

  it('keeps apart fields that read the same when put together', () => {
    const one = messageIdOf({ ...delivery, schedule: 'a', slot: 'b"' }, 'example.com');
    expect(messageIdOf({ ...delivery, schedule: 'a"', slot: 'b' }, 'example.com')).not.toBe(one);
  });

  it('is ASCII whatever the domain is', () => {
    expect(messageIdOf(delivery, 'bücher.example')).toMatch(/^<[0-9a-f]{40}@xn--bcher-kva\.example>$/);
    expect(messageIdOf(delivery, 'a b')).toMatch(/^<[0-9a-f]{40}@localhost>$/);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (domain, recipient) => {
        expect(messageIdOf({ ...delivery, recipient }, domain)).toMatch(/^<[0-9a-f]{40}@[!-;=?-~]+>$/);
      }),
    );
  });
});
