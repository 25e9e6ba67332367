import { expect, test } from 'vitest'
import { newRowId } from '#app/adapters/db/row-id.ts'
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'
import { runRerate, startRerate } from '#app/features/ledger/rerate-agreement.server.ts'
import { runSimulation } from '#app/features/ledger/simulate-terms.server.ts'
import { readRerate } from '#app/features/tasks/agreement-runs-view.server.ts'
import { createBookedShop } from '#tests/factories/ledger.ts'
import { createPartnerContext } from '#tests/factories/partner-context.ts'
import { beginSimulation } from './begin-simulation.server.ts'

test('the preview of a re-rating says what it then posts, whatever was agreed since', async () => {
  await using ctx = await createPartnerContext()
  const { maya } = await createBookedShop(ctx)
  const { id: agreementId, versions } = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.agreement.findFirstOrThrow({ where: { creatorId: maya.id }, include: { versions: true } }),
  )
  const [first] = versions
  if (!first) throw new Error('no version')
  const terms = first.terms as unknown as AgreementTerms
  const accept = (number: number, change: Partial<AgreementTerms>) =>
    ctx.db.inShop(ctx.shop.id, (tx) =>
      tx.agreementVersion.create({
        data: {
          ...first,
          id: newRowId(),
          number,
          retroactive: true,
          terms: { ...terms, ...change } as unknown as object,
          evidence: {},
        },
      }),
    )
  const raised = await accept(2, { shareBps: 5000 })
  await accept(3, { shareBps: 3000 })
  await beginSimulation(ctx, { agreementId, versionId: raised.id, reachesBack: true }, 'merchant')
  const previewed = (await readRerate(ctx, agreementId, raised.id))?.preview?.task.id ?? ''
  await runSimulation(ctx, previewed)
  const preview = (await readRerate(ctx, agreementId, raised.id))?.preview?.result
  const started = await startRerate(ctx, { agreementVersionId: raised.id }, 'merchant')
  if (!started.ok) throw new Error(started.reason)
  await runRerate(ctx, started.taskId)
  const posted = (await readRerate(ctx, agreementId, raised.id))?.result
  const differences = preview?.creators
    .map((row) => [row.name, String(BigInt(row.simulatedMinor) - BigInt(row.actualMinor))])
    .filter(([, difference]) => difference !== '0')
  expect(differences).toEqual(posted?.creators.map((row) => [row.name, row.differenceMinor]))
  expect(differences).toHaveLength(1)
})
