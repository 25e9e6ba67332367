// Where money stands: per creator, and per account of the chart, with the proof that all of it sums to zero.
import { type CreatorBucket, describeAccount } from '#app/domain/ledger/accounts.ts'
import type { ShopContext } from '../context.ts'

export interface CreatorBalance {
  creatorId: string
  name: string
  currency: string
  /** Owed to the creator; negative when the creator owes. Minor units. */
  heldMinor: string
  payableMinor: string
  /** Kept back against returns. */
  reserveMinor: string
  /** Paid ahead and not earned yet. */
  advanceMinor: string
  /** Held, payable and reserved together. */
  totalMinor: string
  /** When the next held royalty becomes payable. */
  nextMaturityAt: string | null
  disputedHolds: number
}

export interface AccountLine {
  /** Of the chart; the creators' accounts of one bucket stand together under the bucket's name. */
  code: string
  kind: string
  currency: string
  /** Debits positive. */
  balanceMinor: string
}

export interface BalancesView {
  creators: CreatorBalance[]
  accounts: AccountLine[]
  /** Per currency: sum of all accounts, which is zero in books that balance. */
  sums: Array<{ currency: string; sumMinor: string }>
  head: { seq: string; hash: string } | null
  timeZone: string
}

interface AccountRow {
  code: string
  kind: string
  currency: string
  creatorId: string | null
  creatorName: string | null
  balance: bigint
}

interface HoldRow {
  creatorId: string
  next: Date | null
  disputed: number
}

export async function readBalances(ctx: ShopContext): Promise<BalancesView> {
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx) => {
    const accounts = await tx.$queryRaw<AccountRow[]>`
      select a.code, a.kind, a.currency, a.creator_id::text as "creatorId", c.name as "creatorName",
             coalesce(b.balance_minor, 0)::bigint as balance
      from account a
      left join account_balance b on b.account_id = a.id
      left join creator c on c.id = a.creator_id
      where a.shop_id = ${shopId}
      order by a.currency, split_part(a.code, '/', 1), c.name, a.code`
    const holds = await tx.$queryRaw<HoldRow[]>`
      select creator_id::text as "creatorId", min(matures_at) filter (where not disputed) as next, count(*) filter (where disputed)::int as disputed
      from royalty_hold where shop_id = ${shopId} and released_at is null group by creator_id`
    const head = await tx.ledgerHead.findUnique({ where: { shopId } })
    return {
      creators: creatorBalances(accounts, new Map(holds.map((row) => [row.creatorId, row]))),
      accounts: accountLines(accounts),
      sums: sumsByCurrency(accounts),
      head:
        head && head.seq > 0n
          ? { seq: String(head.seq), hash: Buffer.from(head.hash).toString('hex') }
          : null,
      timeZone: ctx.shop.timeZone,
    }
  })
}

function creatorBalances(accounts: AccountRow[], holds: ReadonlyMap<string, HoldRow>): CreatorBalance[] {
  const totals = new Map<string, { row: AccountRow; creatorId: string } & Record<CreatorBucket, bigint>>()
  for (const row of accounts) {
    const { creatorId, bucket } = describeAccount(row.code)
    if (creatorId === null || bucket === null) continue
    const key = `${creatorId} ${row.currency}`
    const total = totals.get(key) ?? { row, creatorId, held: 0n, available: 0n, reserve: 0n, advance: 0n }
    total[bucket] -= row.balance
    totals.set(key, total)
  }
  return [...totals.values()]
    .map(({ row, creatorId, held, available, reserve, advance }) => ({
      creatorId,
      name: row.creatorName ?? '',
      currency: row.currency,
      heldMinor: String(held),
      payableMinor: String(available),
      reserveMinor: String(reserve),
      // What is still to be earned: the one balance that the creator owes.
      advanceMinor: String(-advance),
      totalMinor: String(held + available + reserve),
      nextMaturityAt: held > 0n ? (holds.get(creatorId)?.next?.toISOString() ?? null) : null,
      disputedHolds: holds.get(creatorId)?.disputed ?? 0,
    }))
    .sort((left, right) => left.name.localeCompare(right.name, 'en'))
}

/** What is owned, owed, earned and spent, as a trial balance lists it. */
const KINDS = ['asset', 'liability', 'revenue', 'expense']

/** Hundreds of creators would hide the shop's own accounts. */
function accountLines(accounts: AccountRow[]): AccountLine[] {
  const lines = new Map<string, AccountLine>()
  for (const { code, kind, currency, balance } of accounts) {
    const shown = describeAccount(code).bucket ?? code
    const known = lines.get(`${shown} ${currency}`)
    const balanceMinor = String(BigInt(known?.balanceMinor ?? '0') + balance)
    lines.set(`${shown} ${currency}`, { code: shown, kind, currency, balanceMinor })
  }
  return [...lines.values()].sort(
    (left, right) =>
      left.currency.localeCompare(right.currency, 'en') ||
      KINDS.indexOf(left.kind) - KINDS.indexOf(right.kind),
  )
}

function sumsByCurrency(accounts: AccountRow[]): BalancesView['sums'] {
  const sums = new Map<string, bigint>()
  for (const { currency, balance } of accounts) sums.set(currency, (sums.get(currency) ?? 0n) + balance)
  return [...sums].map(([currency, sum]) => ({ currency, sumMinor: String(sum) }))
}
