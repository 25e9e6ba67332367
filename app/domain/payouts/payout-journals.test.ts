import { expect, test } from 'vitest'
import { journalForAdjustment } from '../adjustments/adjustment-journals.ts'
import { reversalsOfSuspense } from '../adjustments/suspense-reversal.ts'
import {
  journalForAdvance,
  journalForPayoutSent,
  journalForPayoutSettled,
  journalForReversal,
} from './payout-journals.ts'

const at = '2026-05-04T12:00:00.000Z'
const payout = {
  payoutId: 'p1',
  creatorId: 'c1',
  currency: 'EUR',
  reference: 'FG0001-A',
  runNumber: 1,
  grossMinor: 1_000n,
  withheldMinor: 100n,
  netMinor: 900n,
  at,
}

test('a payout leaves the balance, waits in transit, and leaves the bank', () => {
  expect(journalForPayoutSent(payout)).toMatchObject({
    factKey: 'payout/p1',
    kind: 'payout',
    postings: [
      { account: 'creator/c1/available', amountMinor: 1_000n },
      { account: 'payouts-in-transit', amountMinor: -900n },
      { account: 'withholding-payable', amountMinor: -100n },
    ],
  })
  expect(journalForPayoutSent({ ...payout, netMinor: 1_000n, withheldMinor: 0n }).postings).toHaveLength(2)
  expect(journalForPayoutSettled(payout).postings).toEqual([
    { account: 'payouts-in-transit', amountMinor: 900n },
    { account: 'bank', amountMinor: -900n },
  ])
})

test('a reversal is the exact negation and names what it undoes', () => {
  const sent = journalForPayoutSent(payout)
  const standing = { ...sent, seq: 41n }
  const reversal = journalForReversal(standing, at, { creatorId: 'c1', reason: 'payout_failed' })
  expect(reversal).toMatchObject({ factKey: 'reversal/41', reversesSeq: 41n, kind: 'reversal' })
  expect(reversal.postings).toEqual(
    sent.postings.map(({ account, amountMinor }) => ({ account, amountMinor: -amountMinor })),
  )
})

test('an advance is owed by the creator from the day it was paid, also what went to the tax office', () => {
  const advance = {
    advanceId: 'a1',
    creatorId: 'c1',
    currency: 'EUR',
    grossMinor: 5_000n,
    withheldMinor: 0n,
    netMinor: 5_000n,
    recoupBps: 5_000,
    paidBy: 'user/1',
    at,
  }
  expect(journalForAdvance(advance).postings).toEqual([
    { account: 'creator/c1/advance', amountMinor: 5_000n },
    { account: 'bank', amountMinor: -5_000n },
  ])
  expect(journalForAdvance({ ...advance, withheldMinor: 1_200n, netMinor: 3_800n }).postings).toEqual([
    { account: 'creator/c1/advance', amountMinor: 5_000n },
    { account: 'bank', amountMinor: -3_800n },
    { account: 'withholding-payable', amountMinor: -1_200n },
  ])
})

test('a difference leaves suspense whole, and comes back whole when Shopify’s numbers move', () => {
  const adjustment = journalForAdjustment({
    adjustmentId: 'x',
    kind: 'suspense',
    creatorId: null,
    orderId: 7n,
    account: 'write-offs',
    amountMinor: -300n,
    currency: 'EUR',
    incomeType: null,
    reason: 'Rounding of an old import',
    facts: {},
    proposedBy: 'user/1',
    decidedBy: 'user/2',
    at,
  })
  expect(adjustment.postings).toEqual([
    { account: 'suspense', amountMinor: -300n },
    { account: 'write-offs', amountMinor: 300n },
  ])
  const standing = { seq: 9n, orderId: 7n, currency: 'EUR', postings: adjustment.postings }
  expect(reversalsOfSuspense([standing], at)).toMatchObject([
    {
      factKey: 'reversal/9',
      reversesSeq: 9n,
      postings: [
        { account: 'suspense', amountMinor: 300n },
        { account: 'write-offs', amountMinor: -300n },
      ],
    },
  ])
})
