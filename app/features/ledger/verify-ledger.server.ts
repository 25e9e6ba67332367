// Proves the books from the ground: the chain link by link, every journal's sum, movements, subledger, tie-out and statements against
// recomputation. Postgres computes the hashes itself, two stretches of the chain at a time.
import { checkChainStretch, planForWholeTables } from '../../adapters/db/chain-check.ts'
import type { Database, ShopTransaction } from '../../adapters/db/database.ts'
import { describeAccount } from '../../domain/ledger/accounts.ts'
import { checkAskedFor } from './verify-asked-for.server.ts'
import { checkStatements } from './verify-statements.server.ts'

export type LedgerCheck =
  | 'chain'
  | 'zero_sum'
  | 'balances'
  | 'subledger'
  | 'accounts'
  | 'tie_out'
  | 'statements'
  | 'asked_for'
  | 'tenants'

export interface LedgerFinding {
  check: LedgerCheck
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

export type Find = (check: LedgerCheck, row: string) => void

const TIMEOUT_MS = 30 * 60_000
/** Journals a statement: long enough to be fast, short enough to fit in the sorting memory of a small server. */
const STRETCH = 25_000n
const AT_ONCE = 2
const EMPTY_CHAIN = '00'.repeat(32)
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** Reports the first bad row of each check. Changes nothing; the books may grow meanwhile. */
export async function verifyLedger(db: Database, shopId: number): Promise<LedgerVerdict> {
  const verdict: LedgerVerdict = { ok: true, journals: 0, postings: 0, statements: 0, head: '', findings: [] }
  const find: Find = (check, row) => {
    if (!verdict.findings.some((finding) => finding.check === check)) verdict.findings.push({ check, row })
  }
  const read = <Result>(work: (tx: ShopTransaction) => Promise<Result>) =>
    db.inShop(shopId, work, { timeoutMs: TIMEOUT_MS })
  // What stands up to this journal does not change any more.
  const head = await read((tx) => tx.ledgerHead.findUnique({ where: { shopId } }))
  const seq = head?.seq ?? 0n
  verdict.head = head && seq > 0n ? hexOf(head.hash) : EMPTY_CHAIN
  await walkChain(read, shopId, { seq, hash: verdict.head }, verdict, find)
  await Promise.all([
    read((tx) => checkMovements(tx, shopId, find)),
    read(async (tx) => {
      await planForWholeTables(tx)
      await checkAccounts(tx, shopId, find)
      await checkSubledger(tx, shopId, find)
      await checkTieOut(tx, shopId, find)
      await checkAskedFor(tx, shopId, find)
      verdict.statements = await checkStatements(tx, shopId, find)
    }),
  ])
  verdict.ok = verdict.findings.length === 0
  return verdict
}

type Read = <Result>(work: (tx: ShopTransaction) => Promise<Result>) => Promise<Result>

async function walkChain(
  read: Read,
  shopId: number,
  head: { seq: bigint; hash: string },
  verdict: LedgerVerdict,
  find: Find,
): Promise<void> {
  const stretches: Array<{ from: bigint; to: bigint }> = []
  for (let from = 1n; from <= head.seq; from += STRETCH) {
    const end = from + STRETCH - 1n
    stretches.push({ from, to: end < head.seq ? end : head.seq })
  }
  const found: Array<{ seq: bigint; check: LedgerCheck; says: string }> = []
  let next = 0
  const walk = async () => {
    for (let stretch = stretches[next++]; stretch; stretch = stretches[next++]) {
      const { from, to } = stretch
      const checked = await read((tx) => checkChainStretch(tx, shopId, stretch))
      verdict.journals += checked.journals
      verdict.postings += checked.postings
      const note = (seq: bigint | null, check: LedgerCheck, says: string) => {
        if (seq !== null) found.push({ seq, check, says })
      }
      const { broken } = checked
      note(broken.follows, 'chain', 'does not follow the number before it')
      note(broken.linked, 'chain', 'does not follow the journal before it')
      note(broken.sealed, 'chain', 'was changed after it was sealed')
      note(broken.complete, 'chain', 'has not the postings that it declares')
      note(broken.zero_sum, 'zero_sum', 'is out of balance')
      note(broken.own_accounts, 'tenants', 'posts to an account that is not of this shop and currency')
      if (checked.journals < Number(to - from + 1n) && (checked.last?.seq ?? 0n) !== to)
        found.push({ seq: to, check: 'chain', says: 'is missing' })
      if (to === head.seq && checked.last && hexOf(checked.last.hash) !== head.hash)
        found.push({ seq: to, check: 'chain', says: 'is not the one that the ledger’s head names' })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, walk))
  found.sort((left, right) => (left.seq < right.seq ? -1 : left.seq > right.seq ? 1 : 0))
  for (const { seq, check, says } of found) find(check, `${await nameOf(read, shopId, seq)} ${says}`)
  await checkBeyondHead(read, shopId, head.seq, find)
}

async function nameOf(read: Read, shopId: number, seq: bigint): Promise<string> {
  const journal = await read((tx) =>
    tx.journal.findUnique({ where: { shopId_seq: { shopId, seq } }, select: { factKey: true } }),
  )
  return journal ? `journal ${seq} (${journal.factKey})` : `journal ${seq}`
}

/** Without a head that moves, nothing may stand behind it. */
async function checkBeyondHead(read: Read, shopId: number, seq: bigint, find: Find): Promise<void> {
  const [row] = await read(
    (tx) => tx.$queryRaw<Array<{ head: bigint | null; last: bigint | null }>>`
      select (select seq from ledger_head where shop_id = ${shopId}) as head, (select max(seq) from journal where shop_id = ${shopId}) as last`,
  )
  const [head, last] = [row?.head ?? 0n, row?.last ?? 0n]
  if (head !== last || head < seq)
    find('chain', `the ledger's head says ${head}, the last journal is ${last}`)
}

/** Each account's movement of each month against its postings, both ways; postings without a journal have no month. */
async function checkMovements(tx: ShopTransaction, shopId: number, find: Find): Promise<void> {
  await planForWholeTables(tx)
  const rows = await tx.$queryRaw<
    Array<{
      account: string
      month: string | null
      moved: bigint | null
      posted: bigint | null
      journal: bigint | null
    }>
  >`
    select coalesce(a.code || ' ' || a.currency, 'account ' || coalesce(p.account_id, m.account_id)) as account, d.label as month,
           m.movement_minor as moved, p.posted, p.journal
    from (
      select p.account_id, j.period_id, sum(p.amount_minor)::bigint as posted, min(p.journal_seq) filter (where j.seq is null) as journal
      from posting p left join journal j on j.seq = p.journal_seq and j.shop_id = p.shop_id where p.shop_id = ${shopId} group by 1, 2
    ) p
    full join (select * from account_movement where shop_id = ${shopId}) m on m.account_id = p.account_id and m.period_id = p.period_id
    left join account a on a.id = coalesce(p.account_id, m.account_id) and a.shop_id = ${shopId}
    left join period d on d.id = coalesce(p.period_id, m.period_id) and d.shop_id = ${shopId}
    where p.posted is distinct from m.movement_minor or a.id is null or d.id is null
    order by p.journal nulls last, account, month limit 1`
  for (const { account, month, moved, posted, journal } of rows) {
    if (journal !== null) find('balances', `postings of journal ${journal}, which is not there`)
    else
      find(
        'balances',
        `${account} in ${month ?? 'no month'} says ${moved ?? 'nothing'}, its postings sum to ${posted ?? 'nothing'}`,
      )
  }
}

/** What an account is follows from its code. */
async function checkAccounts(tx: ShopTransaction, shopId: number, find: Find): Promise<void> {
  const accounts = await tx.account.findMany({ where: { shopId }, orderBy: { id: 'asc' } })
  for (const { code, kind, creatorId, currency } of accounts) {
    const described = describedOrNull(code)
    if (described?.kind !== kind || described.creatorId !== creatorId)
      find('accounts', `account ${code} ${currency} is kept as ${kind} of ${creatorId ?? 'the shop'}`)
  }
}

function describedOrNull(code: string) {
  try {
    return describeAccount(code)
  } catch {
    // Not of the chart: that is the finding.
    return null
  }
}

/** No row of the subledger stands alone; what each of them says is under its journal’s seal. */
async function checkSubledger(tx: ShopTransaction, shopId: number, find: Find): Promise<void> {
  const rows = await tx.$queryRaw<Array<{ seq: bigint }>>`
    select r.journal_seq as seq from royalty_entry r left join journal j on j.seq = r.journal_seq and j.shop_id = r.shop_id
    where r.shop_id = ${shopId} and j.seq is null order by 1 limit 1`
  for (const { seq } of rows) find('subledger', `an entry of journal ${seq}, which is not there`)
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
      -- What people booked out of suspense is theirs, and does not change what Shopify's numbers say.
      where j.shop_id = ${shopId} and j.kind = 'suspense' group by j.order_id
    ) s on s.order_id = o.order_id
    where o.shop_id = ${shopId} and o.residual_minor <> coalesce(-s.booked, 0) order by o.order_id limit 1`
  for (const row of rows)
    find('tie_out', `order ${row.name} differs by ${row.residual}, suspense holds ${row.booked}`)
}
