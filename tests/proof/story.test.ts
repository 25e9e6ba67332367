// Any interleaving of what can happen to a shop's money gives the books that the model computes, and books that verify.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { replayLedger } from '#app/features/ledger/replay-ledger.server.ts'
import { verifyLedger } from '#app/features/ledger/verify-ledger.server.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'
import { openRealShop, Story } from './story.ts'
import { storyCommands } from './story-commands.ts'

const RUNS = Number(process.env.PROOF_RUNS ?? 12)
const STEPS = 40

test('whatever happens, in whatever order it is told, the books are those of the model', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(storyCommands, { maxCommands: STEPS, size: 'max' }), async (commands) => {
      await using database = await createTestDatabase()
      const real = await openRealShop(database)
      try {
        const story = new Story(real)
        await story.begin()
        await fc.asyncModelRun(() => ({ model: story, real: story }), commands)
        await story.reconcile()
        await story.close()
        expect(await real.balances()).toBe(story.model.text())
        expect((await verifyLedger(database.db, real.shop.id)).findings).toEqual([])
        expect(await replayLedger(database.db, real.shop.id)).toMatchObject({
          ok: true,
          firstDifference: null,
        })
      } finally {
        await real.end()
      }
    }),
    {
      numRuns: RUNS,
      interruptAfterTimeLimit: 450_000,
      ...(process.env.PROOF_SEED && { seed: Number(process.env.PROOF_SEED) }),
    },
  )
}, 600_000)
