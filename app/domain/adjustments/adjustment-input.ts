// A journal that a person asks for: which kinds there are, and what each needs.
import type { ShopAccountCode } from '../ledger/accounts.ts'
import type { IncomeType } from '../ledger/royalty-entry.ts'
import { hasUnreadable } from '../plain-text.ts'

/** answer: the outcome of a creator's question, posted like a correction. */
export const ADJUSTMENT_KINDS = ['creator_correction', 'suspense', 'gift', 'answer'] as const
export type AdjustmentKind = (typeof ADJUSTMENT_KINDS)[number]

/** Accounts that may take the other side, the usual one first. */
export const COUNTER_ACCOUNTS: Record<AdjustmentKind, readonly ShopAccountCode[]> = {
  creator_correction: ['correction-expense', 'write-offs'],
  answer: ['correction-expense', 'write-offs'],
  suspense: [
    'write-offs',
    'adjustments',
    'revenue/product',
    'revenue/shipping',
    'tax',
    'tips',
    'fees',
    'duties',
    'gift-cards',
  ],
  gift: ['gifts-in-kind'],
}

export interface AdjustmentInput {
  kind: AdjustmentKind
  creatorId: string | null
  orderId: bigint | null
  account: ShopAccountCode
  /** Credit to the creator; value of a gift; what leaves suspense. */
  amountMinor: bigint
  currency: string
  incomeType: IncomeType | 'in_kind' | null
  reason: string
  facts: Record<string, string>
}

export interface AdjustmentProblem {
  field: 'kind' | 'creator' | 'order' | 'account' | 'amount' | 'reason'
  reason:
    | 'required'
    | 'unknown_kind'
    | 'wrong_account'
    | 'zero'
    | 'not_positive'
    | 'too_large'
    | 'too_long'
    | 'unreadable'
}

const LONGEST_REASON = 1_000
/** Of what a person types, in minor units: balances and their sums stay far from the end of what a database counts. */
export const LARGEST_TYPED_MINOR = 10n ** 15n

export function checkAdjustment(input: AdjustmentInput): AdjustmentProblem[] {
  const problems: AdjustmentProblem[] = []
  const needsCreator = input.kind !== 'suspense'
  if (needsCreator && !input.creatorId) problems.push({ field: 'creator', reason: 'required' })
  if (input.kind === 'suspense' && input.orderId === null)
    problems.push({ field: 'order', reason: 'required' })
  if (!COUNTER_ACCOUNTS[input.kind].includes(input.account)) {
    problems.push({ field: 'account', reason: 'wrong_account' })
  }
  if (input.amountMinor === 0n) problems.push({ field: 'amount', reason: 'zero' })
  // What stands in suspense was not typed, and leaves as a whole.
  const size = input.amountMinor < 0n ? -input.amountMinor : input.amountMinor
  if (input.kind !== 'suspense' && size > LARGEST_TYPED_MINOR) {
    problems.push({ field: 'amount', reason: 'too_large' })
  }
  if (input.kind === 'gift' && input.amountMinor < 0n) {
    problems.push({ field: 'amount', reason: 'not_positive' })
  }
  // Who reads the books later must find why.
  if (input.reason.trim() === '') problems.push({ field: 'reason', reason: 'required' })
  if (input.reason.length > LONGEST_REASON) problems.push({ field: 'reason', reason: 'too_long' })
  if (hasUnreadable(input.reason)) problems.push({ field: 'reason', reason: 'unreadable' })
  return problems
}

export function isAdjustmentKind(text: string): text is AdjustmentKind {
  return ADJUSTMENT_KINDS.some((kind) => kind === text)
}
