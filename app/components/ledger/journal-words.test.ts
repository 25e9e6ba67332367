// Keys that are put together at run time: a missing one would show itself to a merchant.
import { expect, test } from 'vitest'
import { screenMessages } from '#app/config/messages/i18n.ts'
import { COUNTER_ACCOUNTS } from '#app/domain/adjustments/adjustment-input.ts'
import { shopAccounts } from '#app/domain/ledger/accounts.ts'
import { CREATOR_BUCKETS, JOURNAL_KINDS } from '#app/features/ledger/journal-list-query.ts'
import { accountUrl, accountWords } from './account-name.tsx'

const i18n = screenMessages('en')
const missing = (keys: string[]) => keys.filter((key) => !i18n.exists(key))

test('every kind of journal has its name and, but for sales, its story', () => {
  expect(missing(JOURNAL_KINDS.map((kind) => `ledger.kind.${kind}`))).toEqual([])
  const told = JOURNAL_KINDS.filter((kind) => kind !== 'sale')
  expect(missing(told.map((kind) => `ledger.storyOf.${kind}`))).toEqual([])
})

test('every account of the chart has its name', () => {
  expect(missing(shopAccounts().map((code) => `ledger.account.${code}`))).toEqual([])
  expect(
    missing(CREATOR_BUCKETS.flatMap((name) => [`ledger.account.${name}`, `ledger.accountChoice.${name}`])),
  ).toEqual([])
})

test('every account that may take a difference says what that means', () => {
  const keys = COUNTER_ACCOUNTS.suspense.flatMap((code) => [
    `ledger.suspense.target.${code}`,
    `ledger.suspense.targetHelp.${code}`,
  ])
  expect(missing(keys)).toEqual([])
})

test('an account opens to its own journals, a creator’s bucket with the creator', () => {
  const creatorId = '7b3f0a52-6f53-4b1e-9d0a-3f5b8f2f1c11'
  expect(accountWords(i18n.t, `creator/${creatorId}/reserve`, 'Maya Linden')).toBe('Maya Linden, reserve')
  expect(accountUrl(`creator/${creatorId}/reserve`, { creatorId, currency: 'USD' })).toBe(
    `/app/ledger?creator=${creatorId}&account=reserve&currency=USD`,
  )
  expect(accountUrl('revenue/product', { creatorId: null, until: '2026-04' })).toBe(
    '/app/ledger?account=revenue%2Fproduct&until=2026-04',
  )
})
