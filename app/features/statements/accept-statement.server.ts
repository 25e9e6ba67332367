// Acceptance of self-billed statements: by the creator's word, or by lapse of the agreed days.
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import type { ServiceContext, ShopContext } from '../context.ts'

export type AcceptResult =
  | { ok: true; acceptedAt: string }
  | { ok: false; reason: 'statement_not_found' | 'not_self_billed' }

/** Call only for whoever holds the statement's link. A second acceptance leaves the first as it is. */
export async function acceptStatement(
  services: Pick<ServiceContext, 'db' | 'clock'>,
  { shopId, statementId }: { shopId: number; statementId: string },
): Promise<AcceptResult> {
  return services.db.inShop(shopId, async (tx): Promise<AcceptResult> => {
    const row = await tx.statement.findFirst({
      where: { shopId, id: statementId },
      select: { document: true, documentHash: true },
    })
    if (!row) return { ok: false, reason: 'statement_not_found' }
    if (!(row.document as unknown as StatementDocument).selfBilling)
      return { ok: false, reason: 'not_self_billed' }
    await tx.statementAcceptance.createMany({
      data: [
        {
          shopId,
          statementId,
          how: 'explicit',
          acceptedAt: services.clock.now(),
          evidence: { documentHash: row.documentHash },
        },
      ],
      skipDuplicates: true,
    })
    const stored = await tx.statementAcceptance.findUniqueOrThrow({ where: { statementId } })
    return { ok: true, acceptedAt: stored.acceptedAt.toISOString() }
  })
}

/** Whether and when a statement was accepted. */
export async function readAcceptance(
  services: Pick<ServiceContext, 'db'>,
  { shopId, statementId }: { shopId: number; statementId: string },
): Promise<{ how: 'explicit' | 'lapsed'; acceptedAt: string } | null> {
  const row = await services.db.inShop(shopId, (tx) =>
    tx.statementAcceptance.findFirst({ where: { shopId, statementId } }),
  )
  return (
    row && { how: row.how === 'lapsed' ? 'lapsed' : 'explicit', acceptedAt: row.acceptedAt.toISOString() }
  )
}

/** Self-billed statements whose agreed days have passed without a word. `nextAt`: when the next one's days are over. */
export async function acceptLapsedStatements(
  services: Pick<ShopContext, 'db' | 'shop' | 'clock'>,
): Promise<{ accepted: number; nextAt: Date | null }> {
  const shopId = services.shop.id
  const now = services.clock.now()
  return services.db.inShop(shopId, async (tx) => {
    const waiting = await tx.$queryRaw<Array<{ id: string; hash: string; lapsesAt: Date }>>`
      select s.id::text as id, s.document_hash as hash,
             s.issued_at + make_interval(days => (s.document->'selfBilling'->>'acceptedAfterDays')::int) as "lapsesAt"
      from statement s
      where s.shop_id = ${shopId} and jsonb_typeof(s.document->'selfBilling') = 'object'
        and (s.document->'selfBilling'->>'acceptedAfterDays')::int > 0
        and exists (select 1 from dated_fact f where f.shop_id = ${shopId} and f.kind = 'vat' and f.creator_id = s.creator_id)
        and not exists (select 1 from statement_acceptance a where a.shop_id = ${shopId} and a.statement_id = s.id)`
    const lapsed = waiting.filter((row) => row.lapsesAt <= now)
    await tx.statementAcceptance.createMany({
      data: lapsed.map((row) => ({
        shopId,
        statementId: row.id,
        how: 'lapsed',
        acceptedAt: row.lapsesAt,
        evidence: { documentHash: row.hash },
      })),
      skipDuplicates: true,
    })
    const coming = waiting.map((row) => row.lapsesAt).filter((at) => at > now)
    const nextAt = coming.reduce<Date | null>(
      (soonest, at) => (soonest === null || at < soonest ? at : soonest),
      null,
    )
    return { accepted: lapsed.length, nextAt }
  })
}
