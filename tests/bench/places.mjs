import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');

/** Absolute path of a file of the package. */
export function inPackage(file) {
  return path.join(root, file);
}

/** The sample's folder, its configuration, and a day on which all of its data are past. */
export const SAMPLE = inPackage('data');
export const CONFIG = inPackage('config/report.yaml');
export const AS_OF = '2026-06-28';
