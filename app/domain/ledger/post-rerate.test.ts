import { expect, test } from 'vitest'
import type { Payee } from '../attribution/attribution.ts'
import { journalForRerate } from './post-rerate.ts'
import type { RoyaltyLine } from './royalty-line.ts'
import { payee, royaltyLine } from './test-facts.ts'

const first = payee('ana', 1000)
const second = (shareBps: number) => payee('ana', shareBps, { agreementVersionId: 'ana-v2' })

/** One piece of 100.00 that pays Ana 10 %. */
const sold = (more: Partial<RoyaltyLine> = {}) =>
  royaltyLine([first], { cumulativeNetMinor: 10_000n, posted: new Map([['ana-v1', 1_000n]]), ...more })

const rerate = (line: RoyaltyLine, payees: Payee[], units = 1) =>
  journalForRerate(line, {
    rerateId: 'run-1',
    at: '2026-06-02T22:00:00.000Z',
    orderId: 5n,
    productId: 70n,
    title: 'Dew ring',
    currency: 'EUR',
    sold: { units, listMinor: 10_000n, discountMinor: 0n },
    decided: { payees, capped: false },
  })

const movesOf = ({ draft }: ReturnType<typeof rerate>) =>
  draft && {
    postings: draft.postings.map(({ account, amountMinor }) => `${account} ${amountMinor}`),
    entries: draft.entries.map(
      ({ agreementVersionId, units, netMinor, royaltyMinor }) =>
        `${agreementVersionId} ${units} of ${netMinor}: ${royaltyMinor}`,
    ),
  }

test('an equal share under another version moves the royalty within its expense', () => {
  expect(movesOf(rerate(sold(), [second(1000)]))).toEqual({
    postings: ['royalty-expense 1000', 'royalty-expense -1000'],
    entries: ['ana-v2 1 of 10000: 1000', 'ana-v1 -1 of -10000: -1000'],
  })
})

test('where nobody earns anything, the goods’ net goes over within revenue', () => {
  const lost = sold({ disputeLost: true, posted: new Map([['ana-v1', 0n]]) })
  const moved = rerate(lost, [second(2000)])
  expect(movesOf(moved)).toEqual({
    postings: ['revenue/product 10000', 'revenue/product -10000'],
    entries: ['ana-v2 1 of 10000: 0', 'ana-v1 -1 of -10000: 0'],
  })
  expect(moved.line).toMatchObject({ payees: [{ agreementVersionId: 'ana-v2' }], disputeLost: true })
  const free = royaltyLine([payee('ana', 0)], {
    cumulativeNetMinor: 10_000n,
    posted: new Map([['ana-v1', 0n]]),
  })
  expect(movesOf(rerate(free, [second(0)]))?.postings).toEqual([
    'revenue/product 10000',
    'revenue/product -10000',
  ])
})

test('goods that all came back move nothing, and the line is the new payee’s all the same', () => {
  const returned = sold({ cumulativeNetMinor: 0n, posted: new Map([['ana-v1', 0n]]) })
  const moved = rerate(returned, [second(2000)], 0)
  expect(moved.draft).toBeNull()
  expect(moved.line.payees).toEqual([second(2000)])
})

test('another share under the same version is a difference of the royalty alone: goods are not counted again', () => {
  expect(movesOf(rerate(sold(), [payee('ana', 1500)]))).toEqual({
    postings: ['royalty-expense 500', 'creator/ana/held -500'],
    entries: ['ana-v1 0 of 0: 500'],
  })
})

test('whoever joins takes the goods up, whoever stays keeps them', () => {
  const ben = payee('ben', 500)
  expect(movesOf(rerate(sold(), [first, ben]))?.entries).toEqual(['ben-v1 1 of 10000: 500'])
})

test('what is decided as it was moves nothing, however many pieces there are', () => {
  expect(rerate(sold(), [first], 3).draft).toBeNull()
})
