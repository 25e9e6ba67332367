// Proves every issued statement: its document by its hash, its row by its document, its chain by the one before and by the shop's journals, its months,
// and its closing balance by the ledger.
import { createHash } from 'node:crypto'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Statement } from '../../adapters/db/generated/client.ts'
import { canonicalDocument } from '../../domain/statements/canonical-document.ts'
import type { StatementDocument } from '../../domain/statements/statement-document.ts'
import type { Find } from './verify-ledger.server.ts'

const EMPTY_CHAIN = '00'.repeat(32)

/** Returns how many statements there are. */
export async function checkStatements(tx: ShopTransaction, shopId: number, find: Find): Promise<number> {
  const statements = await tx.statement.findMany({
    where: { shopId },
    orderBy: [{ creatorId: 'asc' }, { sequence: 'asc' }],
  })
  const [anchors, periods] = await Promise.all([
    tx.journal.findMany({
      where: { shopId, seq: { in: [...new Set(statements.map((statement) => statement.chainSeq))] } },
      select: { seq: true, hash: true },
    }),
    tx.period.findMany({ where: { shopId }, select: { id: true, label: true } }),
  ])
  const hashAt = new Map([
    [0n, EMPTY_CHAIN],
    ...anchors.map((row) => [row.seq, Buffer.from(row.hash).toString('hex')] as const),
  ])
  const labelOf = new Map(periods.map((period) => [period.id, period.label]))
  let previous: Statement | undefined
  let closings = new Map<string, bigint>()
  for (const statement of statements) {
    const before = previous?.creatorId === statement.creatorId ? previous : undefined
    if (!before) closings = new Map()
    const fault =
      documentFault(statement, labelOf.get(statement.periodId)) ??
      anchorFault(statement, hashAt.get(statement.chainSeq)) ??
      sequenceFault(statement, before, closings.get(statement.currency) ?? 0n)
    if (fault !== null) find('statements', `${statement.number} ${fault}`)
    closings.set(statement.currency, statement.closingMinor)
    previous = statement
  }
  await checkMonths(tx, shopId, find)
  return statements.length
}

/** The document against its hash, and every column of the row against the document. */
function documentFault(statement: Statement, month: string | undefined): string | null {
  const document = statement.document as unknown as StatementDocument
  const hash = createHash('sha256').update(canonicalDocument(document)).digest('hex')
  if (hash !== statement.documentHash) return 'was changed after it was issued'
  const stored = [
    statement.number,
    statement.sequence,
    statement.period,
    statement.currency,
    String(statement.openingMinor),
    String(statement.closingMinor),
    String(statement.payableMinor),
    statement.issuedAt.toISOString(),
    month,
  ]
  const { number, sequence, period, currency, openingMinor, closingMinor, payableMinor, issuedAt, to } =
    document
  const printed = [
    number,
    sequence,
    period,
    currency,
    openingMinor,
    closingMinor,
    payableMinor,
    new Date(issuedAt).toISOString(),
    to.slice(0, 7),
  ]
  const wrong = stored.findIndex((value, at) => value !== printed[at])
  return wrong < 0
    ? null
    : `is kept with ${stored[wrong] ?? 'no month'} where its document says ${printed[wrong]}`
}

/** What creators hold in their hands: a chain that was written anew from the ground does not meet it. */
function anchorFault(statement: Statement, hash: string | undefined): string | null {
  const { seq, head } = (statement.document as unknown as StatementDocument).chain
  const isKept =
    hash === statement.chainHead && head === statement.chainHead && seq === String(statement.chainSeq)
  return isKept ? null : `was issued at journal ${seq}, which is not in the chain any more`
}

/** One row of numbers a creator; amounts of a currency follow those of the same currency. */
function sequenceFault(statement: Statement, before: Statement | undefined, carried: bigint): string | null {
  if (statement.sequence !== (before?.sequence ?? 0) + 1)
    return `is the creator's ${statement.sequence}. statement after the ${before?.sequence ?? 0}.`
  if (statement.previousHash !== (before?.documentHash ?? ''))
    return 'does not follow the statement before it'
  if (statement.openingMinor === carried) return null
  return `opens at ${statement.openingMinor}, the last one closed at ${carried}`
}

/** Every statement covers its own month, every covered month is its creator's, and it closes at what the ledger says. */
async function checkMonths(tx: ShopTransaction, shopId: number, find: Find): Promise<void> {
  const strays = await tx.$queryRaw<Array<{ month: string | null; number: string | null }>>`
    select coalesce(p.label, m.period_id::text) as month, s.number from statement_period m
    left join statement s on s.id = m.statement_id and s.creator_id = m.creator_id and s.shop_id = m.shop_id and s.currency = m.currency
    left join period p on p.id = m.period_id and p.shop_id = m.shop_id
    left join creator c on c.id = m.creator_id and c.shop_id = m.shop_id
    where m.shop_id = ${shopId} and (s.id is null or p.id is null or c.id is null) order by 1 limit 1`
  for (const { month, number } of strays)
    find('statements', `${month} of a creator stands on ${number ?? 'a statement that is not theirs'}`)
  const wrong = await tx.$queryRaw<
    Array<{ number: string; closing: bigint; booked: bigint | null; covered: boolean }>
  >`
    select s.number, s.closing_minor as closing, b.booked, m.statement_id is not null as covered
    from statement s
    join period p on p.id = s.period_id and p.shop_id = s.shop_id
    left join statement_period m on m.shop_id = s.shop_id and m.creator_id = s.creator_id and m.period_id = s.period_id and m.statement_id = s.id
    left join lateral (
      select coalesce(-sum(v.movement_minor), 0)::bigint as booked from account a
      join account_movement v on v.account_id = a.id join period q on q.id = v.period_id and q.ends_at <= p.ends_at
      where a.shop_id = s.shop_id and a.creator_id = s.creator_id and a.currency = s.currency and a.code not like '%/advance'
    ) b on true
    where s.shop_id = ${shopId} and (m.statement_id is null or b.booked <> s.closing_minor) order by s.creator_id, s.sequence limit 1`
  for (const { number, closing, booked, covered } of wrong)
    find(
      'statements',
      covered
        ? `${number} closes at ${closing}, the ledger at ${booked}`
        : `${number} does not cover its own month`,
    )
}
