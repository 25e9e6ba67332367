// A journal as it stands, so that it can be undone exactly.

import { describeAccount } from '../../domain/ledger/accounts.ts'
import type { JournalKind } from '../../domain/ledger/journal-draft.ts'
import type { StandingJournal } from '../../domain/payouts/payout-journals.ts'
import type { ShopTransaction } from './database.ts'

/** Throws when there is none: whoever asks has its number from the books. */
export async function readStandingJournal(
  tx: ShopTransaction,
  shopId: number,
  seq: bigint,
): Promise<StandingJournal> {
  const journal = await tx.journal.findUniqueOrThrow({
    where: { shopId_seq: { shopId, seq } },
    select: { seq: true, kind: true, currency: true, orderId: true },
  })
  const postings = await tx.$queryRaw<Array<{ code: string; amount: bigint }>>`
    select a.code, p.amount_minor as amount from posting p join account a on a.id = p.account_id
    where p.shop_id = ${shopId} and p.journal_seq = ${seq} order by p.line`
  return {
    seq,
    kind: journal.kind as JournalKind,
    currency: journal.currency,
    orderId: journal.orderId,
    postings: postings.map(({ code, amount }) => ({
      account: describeAccount(code).code,
      amountMinor: amount,
    })),
  }
}
