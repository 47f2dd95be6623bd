import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // A process of its own for each file would spend a tenth of all computing on starts and imports.
    isolate: false,
    env: { TZ: 'Pacific/Auckland' },
  },
});
