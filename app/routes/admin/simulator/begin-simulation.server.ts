// Tries the terms of one version on past sales.
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import type { ShopContext } from '#app/features/context.ts'
import { startSimulation } from '#app/features/ledger/simulate-terms.server.ts'
import { readVersionTerms } from '#app/features/tasks/agreement-runs-view.server.ts'

export async function beginSimulation(
  ctx: ShopContext,
  asked: { agreementId: string; versionId: string; reachesBack?: boolean },
  actor: string,
): Promise<FormOutcome> {
  const version = await readVersionTerms(ctx, asked.agreementId, asked.versionId)
  if (!version) return { ok: false, fields: {}, summary: 'simulator.refused.version_not_found' }
  const { creatorId, terms, effectiveFrom, isAgreed } = version
  const about = { agreementId: asked.agreementId, creatorId, terms }
  const reaching = { ...about, since: effectiveFrom, isAgreed }
  await startSimulation(ctx, asked.reachesBack ? reaching : about, actor)
  return { ok: true }
}
