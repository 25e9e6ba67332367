import { defineConfig } from 'vitest/config'

// The domain's unit tests alone: what mutation testing runs for each changed line.
export default defineConfig({
  define: { __SANDBOX__: 'true' },
  test: {
    env: { LOG_LEVEL: 'silent' },
    include: ['app/domain/{money,ledger,agreements,attribution,statements}/**/*.test.ts'],
    testTimeout: 30_000,
  },
})
