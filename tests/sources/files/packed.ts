import { gzipSync } from 'node:zlib';
import type { Head } from '../../../src/sources/row-file.js';

/** The bytes compressed. */
export function pack(bytes: Buffer, compression: Head['compression']): Buffer {
  if (compression === 'none') return bytes;
  return compression === 'gzip' ? gzipSync(bytes) : storedZstd(bytes);
}

/** A Zstandard frame whose blocks are not compressed, with a window of 128 KB. */
function storedZstd(bytes: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from('28b52ffd0038', 'hex')];
  const size = 100_000;
  for (let start = 0; start === 0 || start < bytes.length; start += size) {
    const block = bytes.subarray(start, start + size);
    const isLast = start + size >= bytes.length;
    const header = Buffer.alloc(3);
    header.writeUIntLE(block.length * 8 + (isLast ? 1 : 0), 0, 3);
    parts.push(header, block);
  }
  return Buffer.concat(parts);
}

/** `zstdText()` as the tool zstd compresses it. */
export const REAL_ZSTD = Buffer.from(
  'KLUv/QRoDRIAZm1cH6Db6I/6D6vGJSXM0MbW7Z3ZVqq1mL333ntLBHn1Ch54AFAAQADyMaXfG68jmxKKqRyMXqfVqkWl6UglGm3vLHufbXXRNI8scfT+nN+ZVRHNiET0AQAKFzB8CFBBg4cMGTxY0OChQwYPHDJ42JDBg4BywBwwZQUQEPADAA0cLJDwwMABAQkkGEAAIcGBBgkmMFDQYIEABAsKSIjg4EFxx57xK/KIZ0MzYVmQrBybYtawao26TWnSq6hVW3Wp2Klbyo6qW/Q1s+Sj2KgXPREfOiELqhJNQ5KbsGnNpLGZkqGY6cgTnN7G1k321ELH3DJRHspCOSiX8pQbN27cuHHjxo0bH9/v9/v9fr/zfuzGLz7xhy/84Jc/v98vLy8vLy8vn8/n9N1sJ9fFdH3u5XhDVngH73vevXv37t27d+3atbe3t7e3t7evr3l9rI11sSbWw1pYB+uSnnTp0qVLly5dunTn5+fn5+fn5+dnLh9lo1wMgY6oEXD1/Wc7sStJtRwSQBDYyCv4FUrfOyVp+fyjLTVHxMhal7kf/7dd5j7952MWa86FlSdh5K3L3I//2y5zn/7zMYs158LKkzDy1mXux/9tl7lP//mYxZpzYeVJzymjTEu5tKmkvRjNlGgvhj4FtJefT/fcJRK8afHJCImnfOgeRIObNj6NkPHEh94DNHjT4tM9Pfrmu1fGn7j57l+CrssivF2+doO3sgBNRBGQRo4vBSXZzn07Q0m2c79PWDcmAAAKSJ7YLQpZCUCqBvspbpM=',
  'base64',
);

/** A posts table of 200 rows. */
export function zstdText(): string {
  const rows = Array.from(
    { length: 200 },
    (_, i) => `p${i + 1},A,2025-01-${String(((i + 1) % 28) + 1).padStart(2, '0')},नमस्ते 😀\n`,
  );
  return `post_id,influencer_id,date,caption\n${rows.join('')}`;
}

/** `checkedText()` as the tool zstd compresses it, with a checksum. */
export const CHECKED_ZSTD = Buffer.from(
  'KLUv/WSrAIUHAKZZOBSgpSAPgfI5/6eq8lKuEJLqf9AqBDUAMAAwACi+EHZWxFnffYHZ14xFyM5QVVyWXEdh2cLCicramScoe3XzmGyYUI5n0Xjh7ADAQKAgAggCiDdz+FmRZ20k5UBnT3VyBGfnRuM4Z0nO7jBnK1ywo5w1C2IHOXuEF8c4Gy6FcWcDgYoenqzIZF2Gf+Czn/Mf4dlxGD/uWcJQ8rBn6/DQUc9aiaCDnr3xg2OeDT6d488GFTvzhFDWFIJM4GR/FJkIkx2RwcdNloJUeNhky3z3qMkaHe1Bk72P7TGTDUJTj08WAwNAGSjHDvNmw1FXCMBIh7A=',
  'base64',
);

/** A table of 40 rows. */
export function checkedText(): string {
  const rows = Array.from({ length: 40 }, (_, i) => `p${i + 1},${((i + 1) * 7919) % 1000003}\n`);
  return `id,reach\n${rows.join('')}`;
}
