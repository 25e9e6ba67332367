import { defineConfig } from 'vitest/config'

// The domain's unit tests alone: what mutation testing runs for each changed line. MUTATION_TESTS narrows them to some nouns (money,ledger).
const nouns = process.env.MUTATION_TESTS ?? 'money,ledger,agreements,attribution,statements,awards'

export default defineConfig({
  define: { __SANDBOX__: 'true' },
  test: {
    env: { LOG_LEVEL: 'silent' },
    include: nouns.split(',').map((noun) => `app/domain/${noun}/**/*.test.ts`),
    testTimeout: 30_000,
  },
})
