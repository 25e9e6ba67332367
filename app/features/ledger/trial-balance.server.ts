// The balances of every account, summed from the postings themselves.
import type { Database } from '../../adapters/db/database.ts'
import { type AccountTotal, trialBalance } from '../../domain/ledger/trial-balance.ts'

/** Accounts at zero are left out. Sorted; equal ledgers give equal lists. */
export async function readTrialBalance(db: Database, shopId: number): Promise<AccountTotal[]> {
  return db.inShop(shopId, async (tx) => {
    const rows = await tx.$queryRaw<Array<{ account: string; currency: string; amountMinor: bigint }>>`
      select a.code as account, a.currency::text as currency, sum(p.amount_minor)::bigint as "amountMinor"
      from posting p join account a on a.id = p.account_id where p.shop_id = ${shopId} group by a.code, a.currency`
    return trialBalance(rows)
  })
}
