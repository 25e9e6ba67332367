// Facts for tests of the ledger and of statements.
import type { Payee } from '../attribution/attribution.ts'
import { payeeWeight } from '../attribution/cap-shares.ts'
import type { JournalDraft, PostedJournal } from './journal-draft.ts'
import { arithmeticText } from './journal-hash.ts'
import type { RoyaltyLine } from './royalty-line.ts'
import type { SaleFact } from './sale-fact.ts'

export function payee(creatorId: string, shareBps: number, more: Partial<Payee> = {}): Payee {
  const deductPaymentFeeBps = more.deductPaymentFeeBps ?? 0
  return {
    creatorId,
    agreementId: `${creatorId}-agreement`,
    agreementVersionId: `${creatorId}-v1`,
    role: 'promoter',
    agreedShareBps: shareBps,
    shareBps,
    deductPaymentFeeBps,
    weight: payeeWeight(shareBps, deductPaymentFeeBps).toString(),
    evidence: { kind: 'discount_code', code: creatorId.toUpperCase() },
    ...more,
  }
}

export function royaltyLine(payees: readonly Payee[], more: Partial<RoyaltyLine> = {}): RoyaltyLine {
  return {
    lineItemId: 11n,
    soldOn: '2026-05-03',
    dropId: null,
    payees,
    capped: false,
    cumulativeNetMinor: 0n,
    posted: new Map(),
    standings: new Map(),
    disputeLost: false,
    ...more,
  }
}

/** In the shop's own currency unless the test says otherwise. */
export function sale(more: Partial<SaleFact> = {}): SaleFact {
  const plain = {
    saleId: 1n,
    orderId: 5n,
    happenedAt: '2026-05-03T10:00:00.000Z',
    actionType: 'order',
    lineType: 'product',
    lineItemId: 11n,
    productId: 70n,
    title: 'Dew ring',
    quantity: 1,
    currency: 'EUR',
    totalMinor: 11_900n,
    taxMinor: 1_900n,
    discountMinor: 2_000n,
    isTest: false,
    ...more,
  }
  return {
    presentmentCurrency: plain.currency,
    presentmentMinor: plain.totalMinor,
    presentmentTaxMinor: plain.taxMinor,
    ...plain,
  }
}

export function posted(drafts: ReadonlyArray<JournalDraft | null>): PostedJournal[] {
  return drafts
    .flatMap((draft) => (draft === null ? [] : [draft]))
    .map(({ arithmetic, ...draft }, index) => ({
      ...draft,
      arithmeticText: arithmeticText(arithmetic),
      seq: BigInt(index + 1),
      recordedAt: '2026-05-04T00:00:00.000Z',
      reversesSeq: null,
      previousHash: '00',
      hash: 'ff',
    }))
}
