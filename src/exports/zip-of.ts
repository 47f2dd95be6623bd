import { zipSync } from 'fflate';
import { withoutTimes } from './without-times.js';

/** Any moment that an archive can bear; it is overwritten. */
const SOME_MOMENT = new Date('2000-01-02T00:00:00Z');

/**
 * One ZIP archive of several files. The same files in the same order give the same bytes.
 *
 * @param files - path inside the archive → content; texts become UTF-8
 */
export function zipOf(files: ReadonlyMap<string, string | Uint8Array>): Uint8Array {
  const packed = Object.fromEntries(
    [...files].map(([name, content]) => [
      name,
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
    ]),
  );
  return withoutTimes(zipSync(packed, { mtime: SOME_MOMENT }));
}
