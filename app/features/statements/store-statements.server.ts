// Stores issued statements with the months that they cover and asks for their mails: four statements, however many creators.
import { createHash } from 'node:crypto'
import { dueNoLaterThan } from '../../adapters/db/calendar.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Creator } from '../../adapters/db/generated/client.ts'
import { newRowId } from '../../adapters/db/row-id.ts'
import { canonicalDocument } from '../../domain/statements/canonical-document.ts'
import type { StatementDocument } from '../../domain/statements/statement-document.ts'
import type { Closing, ClosingContext } from './issue-statements.server.ts'

export interface IssuedStatement {
  creator: Creator
  document: StatementDocument
  hash: string
  /** Every month that it covers. */
  periodIds: string[]
}

export async function storeStatements(
  context: ClosingContext,
  tx: ShopTransaction,
  { period, head, now }: Closing,
  issued: readonly IssuedStatement[],
): Promise<void> {
  if (issued.length === 0) return
  const shopId = context.shop.id
  const rows = issued.map((statement) => ({
    ...statement,
    id: newRowId(),
    text: canonicalDocument(statement.document),
  }))
  const column = <Value>(pick: (row: (typeof rows)[number]) => Value) => rows.map(pick)
  await tx.$executeRaw`
    insert into statement (id, shop_id, creator_id, sequence, number, period_id, period, currency, opening_minor, closing_minor, payable_minor, document,
                           document_hash, previous_hash, chain_head, chain_seq, issued_at)
    select id, ${shopId}::int, creator_id, sequence, number, ${period.id}::uuid, printed, currency, opening, closing, payable, document::jsonb, hash, previous,
           ${head.hash.toString('hex')}, ${head.seq}::bigint, ${now}
    from unnest(${column((row) => row.id)}::uuid[], ${column((row) => row.creator.id)}::uuid[], ${column((row) => row.document.sequence)}::int[],
                ${column((row) => row.document.number)}::text[], ${column((row) => row.document.period)}::text[],
                ${column((row) => row.document.currency)}::text[],
                ${column((row) => row.document.openingMinor)}::bigint[], ${column((row) => row.document.closingMinor)}::bigint[],
                ${column((row) => row.document.payableMinor)}::bigint[], ${column((row) => row.text)}::text[],
                ${column((row) => row.hash)}::text[],
                ${column((row) => row.document.previousStatement?.hash ?? '')}::text[])
      as t(id, creator_id, sequence, number, printed, currency, opening, closing, payable, document, hash, previous)`
  const months = rows.flatMap((row) =>
    row.periodIds.map((periodId) => ({
      id: row.id,
      creatorId: row.creator.id,
      currency: row.document.currency,
      periodId,
    })),
  )
  await tx.$executeRaw`
    insert into statement_period (shop_id, creator_id, period_id, currency, statement_id)
    select ${shopId}::int, creator_id, period_id, currency, statement_id
    from unnest(${months.map((row) => row.creatorId)}::uuid[], ${months.map((row) => row.periodId)}::uuid[],
                ${months.map((row) => row.currency)}::text[], ${months.map((row) => row.id)}::uuid[])
      as t(creator_id, period_id, currency, statement_id)`
  const deliveries = rows.map((row) => ({ ...row, deliveryId: newRowId() }))
  await tx.$executeRaw`
    insert into mail_delivery (id, shop_id, kind, subject_id, creator_id, to_address, subject, requested_at)
    select id, ${shopId}::int, 'statement', subject_id, creator_id, address, subject, ${now}
    from unnest(${deliveries.map((row) => row.deliveryId)}::uuid[], ${deliveries.map((row) => row.id)}::uuid[],
                ${deliveries.map((row) => row.creator.id)}::uuid[], ${deliveries.map((row) => row.creator.email)}::text[],
                ${deliveries.map((row) => row.document.number)}::text[])
      as t(id, subject_id, creator_id, address, subject)`
  const payloads = deliveries.map(({ deliveryId }) => ({ shopId, deliveryId }))
  const lapses = rows.flatMap(({ document: { selfBilling } }) =>
    selfBilling && selfBilling.acceptedAfterDays > 0 ? [selfBilling.acceptedAfterDays] : [],
  )
  if (lapses.length > 0) {
    const soonest = new Date(now.getTime() + Math.min(...lapses) * 86_400_000)
    await dueNoLaterThan(tx, shopId, 'statement-timers', soonest)
  }
  await context.queue.enqueueMany(tx, 'send-mail', payloads)
}

export function documentHash(document: StatementDocument): string {
  return createHash('sha256').update(canonicalDocument(document)).digest('hex')
}
