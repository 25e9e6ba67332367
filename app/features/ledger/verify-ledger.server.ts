// Proves the books from the ground: the chain link by link, every journal's sum, running balances and statements against recomputation.
import { createHash } from 'node:crypto'
import type { Database, ShopTransaction } from '../../adapters/db/database.ts'
import { readJournals } from '../../adapters/db/ledger-reader.ts'
import { contentText, placeText } from '../../domain/ledger/journal-hash.ts'
import { canonicalDocument } from '../../domain/statements/canonical-document.ts'
import type { StatementDocument } from '../../domain/statements/statement-document.ts'

export interface LedgerFinding {
  check: 'chain' | 'zero_sum' | 'balances' | 'tie_out' | 'statements' | 'tenants'
  /** The first row that is wrong, in words. */
  row: string
}

export interface LedgerVerdict {
  ok: boolean
  journals: number
  postings: number
  statements: number
  head: string
  findings: LedgerFinding[]
}

const TIMEOUT_MS = 30 * 60_000
const EMPTY_CHAIN = '00'.repeat(32)
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** Reports the first bad row of each check. Changes nothing. */
export async function verifyLedger(db: Database, shopId: number): Promise<LedgerVerdict> {
  return db.inShop(
    shopId,
    async (tx) => {
      const verdict: LedgerVerdict = {
        ok: true,
        journals: 0,
        postings: 0,
        statements: 0,
        head: '',
        findings: [],
      }
      const find = (check: LedgerFinding['check'], row: string) => {
        if (!verdict.findings.some((finding) => finding.check === check))
          verdict.findings.push({ check, row })
      }
      const totals = await walkChain(tx, shopId, verdict, find)
      await checkBalances(tx, shopId, totals, find)
      await checkTieOut(tx, shopId, find)
      await checkStatements(tx, shopId, verdict, find)
      verdict.ok = verdict.findings.length === 0
      return verdict
    },
    // New journals may be posted while the old ones are read.
    { timeoutMs: TIMEOUT_MS, snapshot: true },
  )
}

type Find = (check: LedgerFinding['check'], row: string) => void

/** Returns the balances that the postings add up to, by "account currency". */
async function walkChain(
  tx: ShopTransaction,
  shopId: number,
  verdict: LedgerVerdict,
  find: Find,
): Promise<Map<string, bigint>> {
  const totals = new Map<string, bigint>()
  let seq = 0n
  let head = EMPTY_CHAIN
  for await (const journal of readJournals(tx, shopId)) {
    const name = `journal ${journal.seq} (${journal.factKey})`
    if (journal.seq !== seq + 1n) find('chain', `${name} follows ${seq}`)
    if (journal.previousHash !== head) find('chain', `${name} does not follow the journal before it`)
    const { seq: at, periodId, recordedAt } = journal
    const content = createHash('sha256').update(contentText(journal)).digest()
    const link = createHash('sha256').update(Buffer.from(journal.previousHash, 'hex')).update(content)
    if (link.update(placeText({ shopId, seq: at, periodId, recordedAt })).digest('hex') !== journal.hash)
      find('chain', `${name} was changed after it was sealed`)
    const sum = journal.postings.reduce((total, posting) => total + posting.amountMinor, 0n)
    if (sum !== 0n) find('zero_sum', `${name} is off by ${sum} ${journal.currency}`)
    for (const { account, amountMinor } of journal.postings) {
      if (account === '?') find('tenants', `${name} posts to an account that is not of this shop`)
      const key = `${account} ${journal.currency}`
      totals.set(key, (totals.get(key) ?? 0n) + amountMinor)
    }
    verdict.journals += 1
    verdict.postings += journal.postings.length
    seq = journal.seq
    head = journal.hash
  }
  const stored = await tx.ledgerHead.findUnique({ where: { shopId } })
  if (stored && (stored.seq !== seq || hexOf(stored.hash) !== head) && (stored.seq !== 0n || seq !== 0n)) {
    find('chain', `the ledger's head says ${stored.seq}, the last journal is ${seq}`)
  }
  verdict.head = head
  return totals
}

async function checkBalances(
  tx: ShopTransaction,
  shopId: number,
  totals: Map<string, bigint>,
  find: Find,
): Promise<void> {
  const rows = await tx.$queryRaw<Array<{ code: string; currency: string; balance: bigint | null }>>`
    select a.code, a.currency::text, sum(m.movement_minor)::bigint as balance from account a left join account_movement m on m.account_id = a.id
    where a.shop_id = ${shopId} group by a.id order by a.code`
  for (const row of rows) {
    const summed = totals.get(`${row.code} ${row.currency}`) ?? 0n
    if ((row.balance ?? 0n) !== summed)
      find('balances', `${row.code} ${row.currency} says ${row.balance ?? 0n}, its postings sum to ${summed}`)
  }
}

async function checkTieOut(tx: ShopTransaction, shopId: number, find: Find): Promise<void> {
  const rows = await tx.$queryRaw<
    Array<{ order_id: bigint; name: string; residual: bigint; booked: bigint }>
  >`
    select o.order_id, o.name, o.residual_minor as residual, coalesce(-s.booked, 0)::bigint as booked
    from shop_order o
    left join (
      select j.order_id, sum(p.amount_minor)::bigint as booked from journal j
      join posting p on p.shop_id = j.shop_id and p.journal_seq = j.seq join account a on a.id = p.account_id and a.code = 'suspense'
      where j.shop_id = ${shopId} group by j.order_id
    ) s on s.order_id = o.order_id
    where o.shop_id = ${shopId} and o.residual_minor <> coalesce(-s.booked, 0) order by o.order_id limit 1`
  for (const row of rows)
    find('tie_out', `order ${row.name} differs by ${row.residual}, suspense holds ${row.booked}`)
}

async function checkStatements(
  tx: ShopTransaction,
  shopId: number,
  verdict: LedgerVerdict,
  find: Find,
): Promise<void> {
  const statements = await tx.statement.findMany({
    where: { shopId },
    orderBy: [{ creatorId: 'asc' }, { sequence: 'asc' }],
  })
  const anchors = await tx.journal.findMany({
    where: { shopId, seq: { in: statements.map((statement) => statement.chainSeq) } },
    select: { seq: true, hash: true },
  })
  const hashAt = new Map([[0n, EMPTY_CHAIN], ...anchors.map((row) => [row.seq, hexOf(row.hash)] as const)])
  let previous: (typeof statements)[number] | undefined
  for (const statement of statements) {
    const document = statement.document as unknown as StatementDocument
    const hash = createHash('sha256').update(canonicalDocument(document)).digest('hex')
    if (hash !== statement.documentHash)
      find('statements', `${statement.number} was changed after it was issued`)
    // What creators hold in their hands: a chain that was written anew from the ground does not meet it.
    const { seq, head } = document.chain
    if (hashAt.get(statement.chainSeq) !== statement.chainHead || head !== statement.chainHead)
      find(
        'statements',
        `${statement.number} was issued at journal ${seq}, which is not in the chain any more`,
      )
    const before = previous?.creatorId === statement.creatorId ? previous : undefined
    if (statement.previousHash !== (before?.documentHash ?? ''))
      find('statements', `${statement.number} does not follow the statement before it`)
    // A change of the shop's currency begins a new series of amounts.
    const carried = before?.currency === statement.currency ? before.closingMinor : 0n
    if (statement.openingMinor !== carried)
      find(
        'statements',
        `${statement.number} opens at ${statement.openingMinor}, the last one closed at ${carried}`,
      )
    previous = statement
  }
  verdict.statements = statements.length
}
