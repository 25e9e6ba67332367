// Any interleaving of what can happen to a shop's money gives the books that the model computes, and books that verify.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { replayLedger } from '#app/features/ledger/replay-ledger.server.ts'
import { verifyLedger } from '#app/features/ledger/verify-ledger.server.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'
import { countStatements } from './issued-statements.ts'
import { Story } from './story.ts'
import { storyCommands } from './story-commands.ts'
import { peopleCommands } from './story-people-commands.ts'

const RUNS = Number(process.env.PROOF_RUNS ?? 6)
const STEPS = 90

test('whatever happens, in whatever order it is told, the books are those of the model', async () => {
  const commands = fc.commands([...storyCommands, ...peopleCommands], {
    maxCommands: STEPS,
    size: 'max',
    // What a counterexample prints as replayPath goes with its seed and path.
    ...(process.env.PROOF_REPLAY && { replayPath: process.env.PROOF_REPLAY }),
  })
  await fc.assert(
    fc.asyncProperty(commands, async (steps) => {
      await using database = await createTestDatabase()
      const story = await Story.begin(database)
      const { real } = story
      try {
        await fc.asyncModelRun(() => ({ model: story, real: story }), steps)
        await story.reconcile()
        await story.close()
        expect(await real.balances()).toBe(story.model.text())
        expect((await verifyLedger(database.db, real.shop.id)).findings).toEqual([])
        expect(await countStatements(database.db, real.shop)).toMatchObject({
          refused: 0,
          rebuiltOtherwise: 0,
        })
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
      // A long run that found something says so first; the path that it prints shrinks it afterwards.
      endOnFailure: process.env.PROOF_RUNS !== undefined,
      ...(process.env.PROOF_SEED && { seed: Number(process.env.PROOF_SEED) }),
      ...(process.env.PROOF_PATH && { path: process.env.PROOF_PATH }),
    },
  )
}, 600_000)
