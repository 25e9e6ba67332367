import { defineConfig } from 'vitest/config'

// One run of everything. Unit tests beside their file need nothing; `*.db.test.ts` and tests/ use the database that global-setup starts.
export default defineConfig({
  define: { __SANDBOX__: 'true' },
  test: {
    // Tests read what they assert of; the log of the rest would bury their report.
    env: { LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent' },
    // One file a core: by itself vitest leaves one core free, of two the half.
    maxWorkers: '100%',
    // What a page or a worker does in its own time is waited for as long on a busy machine.
    expect: { poll: { timeout: 15_000 } },
    reporters: ['default', './tests/harness/totals-reporter.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,sandbox,extensions}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**', '**/build/**'],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['{app,sandbox}/**/*.db.test.ts', 'tests/*.test.ts', 'tests/proof/*.test.ts'],
          exclude: ['**/node_modules/**', '**/build/**'],
          globalSetup: ['tests/harness/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
