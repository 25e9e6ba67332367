import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { CLAIM_GENESIS, type ClaimRow, claimRowText } from './claim-log.ts'
import { type ClaimVerdict, claimExportEnd, claimExportLine, verifyClaims } from './verify-claims.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const AT = '2026-12-04T18:05:00.000Z'
const CLOSES = '2026-12-04T18:20:00.000Z'

function low(seq: number, given: Partial<ClaimRow> = {}): ClaimRow {
  return {
    v: 1,
    shop: 'lumen-atelier.myshopify.com',
    seq,
    claim: seq,
    event: 'shown',
    at: AT,
    drop: 'd1',
    kind: 'low_stock',
    template: 'stock.low',
    variant: '41',
    value: 'low',
    from: AT,
    to: CLOSES,
    why: 'at_most_low',
    stock: {
      variantId: '41',
      available: 3,
      locations: [{ locationId: '1', available: 3, heldBack: 0 }],
      incoming: 0,
      waves: [],
      confirmedAt: AT,
    },
    rule: { version: 1, lowAt: 5, lastAt: 2 },
    config: 'c',
    adjustment: null,
    prev: '',
    ...given,
  }
}

const ends: Partial<ClaimRow> = {
  kind: 'ends',
  template: 'drop.ends',
  variant: null,
  value: CLOSES,
  why: 'checkout_and_listing_end',
  stock: null,
  rule: null,
}

/** An export as it is written, with what a forger does to the rows before they are hashed. */
function exported(rows: ClaimRow[]): string[] {
  let head = CLAIM_GENESIS
  const lines = rows.map((row) => {
    const text = claimRowText({ ...row, prev: row.prev || head })
    head = sha256(text)
    return claimExportLine(text, head)
  })
  return [...lines, claimExportEnd(rows.length, head)]
}

const GOOD = [low(1, ends), low(2), low(3, { claim: 2, event: 'ended', why: 'no_longer_true' }), low(4)]

const verdictOf = (lines: string[]): Promise<ClaimVerdict> => verifyClaims(lines, sha256)

async function fault(rows: ClaimRow[]) {
  const verdict = await verdictOf(exported(rows))
  return verdict.ok ? 'ok' : [verdict.seq, verdict.fault]
}

test('a log as it was written is in order', async () => {
  expect(await verdictOf(exported(GOOD))).toMatchObject({ ok: true, rows: 4 })
  expect(await verdictOf(exported([]))).toMatchObject({ ok: true, rows: 0, shop: null })
})

test('the first row that was touched is named: changed, taken out, put in, swapped, cut off', async () => {
  const lines = exported(GOOD)
  const touched = async (change: (lines: string[]) => string[]) => {
    const verdict = await verdictOf(change([...lines]))
    return verdict.ok ? 'ok' : [verdict.line, verdict.fault]
  }
  expect(
    await touched((all) => all.with(1, all[1]?.replace('"available":3', '"available":4') ?? '')),
  ).toEqual([2, 'changed'])
  expect(await touched((all) => all.toSpliced(2, 1))).toEqual([3, 'out_of_sequence'])
  expect(await touched((all) => all.toSpliced(0, 1))).toEqual([1, 'out_of_sequence'])
  expect(await touched((all) => all.toSpliced(2, 0, all[1] ?? ''))).toEqual([3, 'out_of_sequence'])
  expect(await touched((all) => [all[1], all[0], ...all.slice(2)] as string[])).toEqual([
    1,
    'out_of_sequence',
  ])
  expect(await touched((all) => all.slice(0, -1))).toEqual([4, 'cut_off'])
  expect(await touched((all) => all.toSpliced(3, 1))).toEqual([4, 'cut_off'])
  expect(await touched((all) => all.with(0, 'not a row'))).toEqual([1, 'unreadable'])
  expect(await touched((all) => [...all, all[0] ?? ''])).toEqual([6, 'out_of_sequence'])
})

test('a chain that was computed anew over a false history is not in order by what its rows say', async () => {
  const stock = low(1).stock as NonNullable<ClaimRow['stock']>
  const wave = { id: 'w', at: '2026-12-04T18:11:00.000Z', units: 12, isBacked: true }
  expect(await fault([low(1)])).toBe('ok')
  // Fake stock: the snapshot says otherwise.
  const seven = [{ locationId: '1', available: 7, heldBack: 0 }]
  expect(await fault([low(1, { stock: { ...stock, locations: seven } })])).toEqual([1, 'not_allowed'])
  expect(await fault([low(1, { kind: 'last_pieces', value: 'last' })])).toEqual([1, 'not_allowed'])
  // Another piece's stock, no rule, a planned wave that is not named.
  expect(await fault([low(1, { variant: '42' })])).toEqual([1, 'not_allowed'])
  expect(await fault([low(1, { rule: null })])).toEqual([1, 'not_allowed'])
  expect(await fault([low(1, { stock: { ...stock, waves: [wave] } })])).toEqual([1, 'not_allowed'])
  expect(await fault([low(1, { stock: { ...stock, waves: [wave] }, value: `low 12@${wave.at}` })])).toBe('ok')
  // Old counts, and stock on its way.
  expect(await fault([low(1, { stock: { ...stock, confirmedAt: '2026-12-04T17:00:00.000Z' } })])).toEqual([
    1,
    'not_allowed',
  ])
  expect(await fault([low(1, { stock: { ...stock, incoming: 9 } })])).toEqual([1, 'not_allowed'])
  // A timer without a consequence, and one of which the shown end is not its own.
  expect(await fault([low(1, { ...ends, why: 'because' })])).toEqual([1, 'not_allowed'])
  expect(await fault([low(1, { ...ends, value: '2026-12-05T18:20:00.000Z' })])).toEqual([1, 'not_allowed'])
  // Shown before it was written down; a kind that nobody may claim; an end of nothing; another shop's row.
  expect(await fault([low(1, { from: '2026-12-04T18:04:59.999Z' })])).toEqual([1, 'wrong_window'])
  expect(await fault([low(1, { kind: 'viewers' as never })])).toEqual([1, 'unknown_kind'])
  expect(await fault([low(1), low(2, { event: 'ended', claim: 9 })])).toEqual([2, 'ends_nothing'])
  expect(await fault([low(1), low(2, { shop: 'other.myshopify.com' })])).toEqual([2, 'other_shop'])
  expect(await fault([low(1), low(2, { prev: CLAIM_GENESIS })])).toEqual([2, 'not_linked'])
})
