// A timeline played on paper: what each act does, shows and says, and what a rehearsal finds before shoppers do.
import fs from 'node:fs'
import { describe, expect, test } from 'vitest'
import { askGate } from '#app/adapters/checkout/ask-gate.ts'
import type { SteppedOffer } from './act-steps.ts'
import type { PretendDrop } from './pretend-shop.ts'
import type { Rehearsal } from './rehearsal.ts'
import {
  configAt,
  endRehearsal,
  gateQuestions,
  isLetIn,
  openStage,
  playAct,
  type RehearsalFacts,
} from './rehearse.ts'
import { act, at, makeDrop, wave } from './test-drop.ts'

const NOW = at(-300)

function draft(given: Partial<PretendDrop> = {}): PretendDrop {
  const drop = makeDrop()
  const offers = drop.offers.map((offer): SteppedOffer => ({ ...offer, wasPublished: null }))
  return { ...drop, offers, ...given }
}

function factsOf(given: Partial<RehearsalFacts> = {}, heroUnits = 24): RehearsalFacts {
  const piece = (id: string, title: string, isListed: boolean, available: number) => ({
    productId: id,
    variantId: `${id}1`,
    inventoryItemId: `${id}11`,
    title,
    isActive: true,
    isListed,
    isCounted: true,
    sellsBeyondStock: false,
    levels: [{ locationId: '1', available, reserved: 0 }],
  })
  return {
    now: NOW,
    preflight: [],
    pieces: [piece('1', 'Rose signet', false, heroUnits), piece('2', 'Thorn ring', true, 5)],
    others: [],
    checkout: { timeZone: 'Europe/Berlin', currency: 'EUR', passKey: 'a1'.repeat(32), loaded: null },
    storefront: { currency: 'EUR', handles: new Map([['1', 'rose-signet']]), creator: null },
    waiting: new Map(),
    agreementRates: null,
    ...given,
  }
}

function rehearse(drop = draft(), facts = factsOf()): Rehearsal {
  const stage = openStage(drop, facts)
  for (const each of drop.acts) playAct(stage, each)
  const answers = gateQuestions(drop).flatMap((question) => {
    const config = configAt(stage, question.at)
    if (!config) return []
    const message = askGate({
      config,
      timeZone: 'Europe/Berlin',
      at: question.at,
      productId: '1',
      buyer:
        question.buyer === 'early'
          ? { email: 'a@b.c', tags: ['vip'], tiers: [], orders: 0, pass: null }
          : null,
    })
    return [
      {
        ...question,
        lets: message === null,
        message,
        expected: isLetIn(stage.shop.drop, facts.others, '1', question),
      },
    ]
  })
  return endRehearsal(stage, answers)
}

/** The offer was in the online store before, and stays. */
const goesOn = {
  light: 'amber',
  actId: 'act-close-20',
  reason: 'goes_on_selling',
  facts: { title: 'Thorn ring' },
}
const kinds = ({ acts }: Rehearsal) => acts.map(({ kind, outcome }) => `${kind} ${outcome}`)
const foundIn = ({ findings }: Rehearsal) => findings.filter(({ reason }) => reason !== 'goes_on_selling')
const reasons = ({ findings }: Rehearsal) =>
  findings
    .filter(({ reason }) => reason !== 'goes_on_selling')
    .map(({ light, reason }) => `${light} ${reason}`)
const actOf = ({ acts }: Rehearsal, kind: string, nth = 0) => {
  const found = acts.filter((each) => each.kind === kind)[nth]
  if (!found) throw new Error(`no ${kind}`)
  return found
}

test('an evening in order: units set aside, shown, released twice, and gone at the close', () => {
  const played = rehearse()
  expect(kinds(played)).toEqual([
    'schedule done',
    'teaser done',
    'early_access done',
    'open done',
    'wave done',
    'wave done',
    'close done',
    'after done',
  ])
  expect(played.findings).toEqual([goesOn])
  const hero = (kind: string, nth = 0) => actOf(played, kind, nth).stock[0]
  expect(hero('schedule')).toEqual({
    title: 'Rose signet',
    before: { available: 24, reserved: 0 },
    after: { available: 4, reserved: 20 },
  })
  expect(hero('wave')).toMatchObject({ after: { available: 16, reserved: 8 } })
  expect(hero('wave', 1)).toMatchObject({ after: { available: 24, reserved: 0 } })
  expect(actOf(played, 'schedule').announced).toEqual([
    { title: 'Rose signet', units: 12, for: at(6) },
    { title: 'Rose signet', units: 8, for: at(12) },
  ])
  // The offer was in the online store before: neither published nor taken away.
  expect(actOf(played, 'teaser').published).toEqual(['Rose signet'])
  expect(actOf(played, 'close').unpublished).toEqual(['Rose signet'])
  expect(actOf(played, 'open').published).toEqual([])
})

test('the checkout is asked a second before and after each edge, as anybody and as somebody who is let in early', () => {
  const { checkout } = rehearse()
  expect(checkout.map(({ edge, side, buyer, lets }) => `${edge} ${side} ${buyer} ${lets}`)).toEqual([
    'early_access before anybody false',
    'early_access before early false',
    'early_access after anybody false',
    'early_access after early true',
    'open before anybody false',
    'open before early true',
    'open after anybody true',
    'open after early true',
    'close before anybody true',
    'close before early true',
    'close after anybody false',
    'close after early false',
  ])
  expect(checkout.every(({ lets, expected }) => lets === expected)).toBe(true)
  expect(checkout[0]?.message).toContain('Rose signet')
  expect(checkout[4]?.message).toContain('early access')
})

test('what the blocks say follows the clock and the stock, and names the restocks with it', () => {
  const played = rehearse()
  const shown = (kind: string, nth = 0) => actOf(played, kind, nth).shows[0]
  const keys = (kind: string, nth = 0) => {
    const piece = shown(kind, nth)
    return [piece?.countdown[0]?.key, piece?.stock[0]?.key, piece?.gate?.key]
  }
  expect(shown('schedule')?.isListed).toBe(false)
  expect(keys('teaser')).toEqual(['countdown.opens_in', 'stock.quiet', 'gate.times_html'])
  expect(keys('early_access')).toEqual(['countdown.opens_in', 'stock.low_more', 'gate.running_html'])
  expect(keys('open')).toEqual(['countdown.closes_in', 'stock.low_more', 'gate.open_to_all'])
  expect(keys('wave', 1)).toEqual(['countdown.closes_in', 'stock.quiet', 'gate.open_to_all'])
  expect(keys('close')).toEqual(['countdown.closed', 'stock.over', 'gate.over'])
  expect(shown('open')?.stock[0]?.params).toEqual({ count: 5 })
})

test('a piece that was in the online store before goes on selling after the close: said, and no disagreement', () => {
  const facts = factsOf()
  const pieces = facts.pieces.map((piece) => ({ ...piece, isListed: true }))
  const played = rehearse(draft(), { ...facts, pieces })
  expect(played.checkout.slice(-2).map(({ lets, expected }) => [lets, expected])).toEqual([
    [true, null],
    [true, null],
  ])
  expect(played.findings).toEqual([{ ...goesOn, facts: { title: 'Rose signet, Thorn ring' } }])
})

test('a piece in several kinds says of which a restock is', () => {
  const drop = draft()
  const [hero] = drop.offers
  if (!hero) throw new Error('no hero')
  const kinds = [
    { ...hero, title: 'Rose signet – Gold' },
    {
      ...hero,
      variantId: '12',
      inventoryItemId: '112',
      role: 'offer' as const,
      title: 'Rose signet – Silver',
    },
  ]
  const told = actOf(rehearse({ ...drop, offers: kinds }), 'teaser').shows[0]?.stock[1]
  expect(told).toEqual({ key: 'stock.wave_html', params: { count: 12, time: at(6), which: 'Gold' } })
})

test('every text that may be shown stands in the theme’s language file', () => {
  const file = new URL('../../../extensions/filigree-theme/locales/en.default.json', import.meta.url)
  const texts = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, Record<string, unknown>>
  const played = [rehearse(), rehearse(draft(), factsOf({}, 22)), rehearse(draft(), factsOf({}, 20))]
  const used = played.flatMap(({ acts }) =>
    acts.flatMap(({ shows }) =>
      shows.flatMap(({ countdown, stock, gate }) => [...countdown, ...stock, ...(gate ? [gate] : [])]),
    ),
  )
  const names = new Set(used.map(({ key }) => key))
  expect(names.size).toBeGreaterThan(12)
  for (const name of names) {
    const [part = '', key = ''] = name.split('.')
    expect(texts[part]?.[key], name).toBeDefined()
  }
})

describe('what would go wrong', () => {
  test('a restock for which there is no stock is found at its act, and nothing is announced for it', () => {
    const played = rehearse(draft(), factsOf({}, 15))
    const { acts } = draft()
    expect(played.findings).toContainEqual({
      light: 'red',
      actId: acts[4]?.id,
      reason: 'not_reserved',
      facts: { title: 'Rose signet', units: 8, available: 3, because: 'not_enough_available' },
    })
    expect(kinds(played)).toContain('wave failed')
    expect(actOf(played, 'schedule').announced).toEqual([{ title: 'Rose signet', units: 12, for: at(6) }])
  })

  test('it would open sold out when all units are in later restocks', () => {
    expect(reasons(rehearse(draft(), factsOf({}, 20)))).toEqual(['red opens_sold_out', 'red opens_sold_out'])
  })

  test('a piece that is not active fails at the act that should show it', () => {
    const facts = factsOf()
    const pieces = facts.pieces.map((piece, index) => ({ ...piece, isActive: index > 0 }))
    const played = rehearse(draft(), { ...facts, pieces })
    expect(played.findings[0]).toMatchObject({
      light: 'red',
      actId: 'act-teaser--120',
      reason: 'step_fails',
      facts: { step: 'verify', because: 'product_not_active' },
    })
  })

  test('clocks that change between two acts are said; the checkout keeps its window all the same', () => {
    const on = (time: string) => `2026-10-25T${time}.000Z`
    const acts = [
      { ...act('open', 0), at: on('00:30:00') },
      { ...act('close', 20), at: on('02:30:00') },
    ]
    const drop = draft({ acts, waves: [], earlyAccess: null })
    const played = rehearse(drop, factsOf({ now: '2026-10-24T12:00:00.000Z' }))
    // 02:30 is shown twice that night; scheduling refuses it, and so does the checkout.
    expect(reasons(played)).toContain('red cannot_be_scheduled')
    const early = [
      { ...act('open', 0), at: '2026-10-24T23:30:00.000Z' },
      { ...act('close', 20), at: on('02:30:00') },
    ]
    const clear = rehearse({ ...drop, acts: early }, factsOf({ now: '2026-10-24T12:00:00.000Z' }))
    expect(foundIn(clear)).toEqual([
      {
        light: 'amber',
        actId: null,
        reason: 'clocks_change',
        facts: { at: on('01:00:00'), before: '2026-10-25T02:59:59', after: '2026-10-25T02:00:00' },
      },
    ])
    expect(clear.checkout).toHaveLength(4)
    expect(clear.checkout.every(({ lets, expected }) => lets === expected)).toBe(true)
  })

  test('another drop that sells the same piece is named with the time that both sell', () => {
    const other = {
      ...makeDrop({ id: 'other', handle: 'other', title: 'Second night', status: 'scheduled' }),
    }
    const later = other.acts.map((each) => ({
      ...each,
      at: new Date(Date.parse(each.at) + 600_000).toISOString(),
    }))
    const played = rehearse(draft(), factsOf({ others: [{ ...other, acts: later, waves: [] }] }))
    expect(foundIn(played)).toEqual([
      {
        light: 'amber',
        actId: 'act-open-0',
        reason: 'overlap',
        facts: { title: 'Second night', pieces: 'Rose signet, Thorn ring', from: at(0), until: at(20) },
      },
    ])
  })

  test('an agreement that ends in the middle is red from that act on', () => {
    const rates = (instant: string) => Date.parse(instant) < Date.parse(at(7))
    const played = rehearse(draft(), factsOf({ agreementRates: rates }))
    expect(foundIn(played).map(({ actId, reason }) => `${actId} ${reason}`)).toEqual([
      'act-wave-12 agreement_not_in_force',
      'act-close-20 agreement_not_in_force',
    ])
  })

  test('a checkout that was told nothing of a window disagrees with the timeline', () => {
    const drop = draft()
    const stage = openStage(drop, factsOf())
    for (const each of drop.acts) playAct(stage, each)
    const [question] = gateQuestions(drop).filter(({ edge, side }) => edge === 'open' && side === 'after')
    if (!question) throw new Error('no question')
    const wrong = {
      ...question,
      lets: false,
      message: 'no',
      expected: isLetIn(stage.shop.drop, [], '1', question),
    }
    expect(foundIn(endRehearsal(stage, [wrong]))).toMatchObject([
      { light: 'red', actId: 'act-open-0', reason: 'checkout_disagrees', facts: { lets: 'no' } },
    ])
  })

  test('who waits is written to as far as there are units; without time to buy nobody is, and that is said', () => {
    const played = rehearse(draft(), factsOf({ waiting: new Map([['11', 30]]) }))
    expect(actOf(played, 'wave').mailed).toEqual([{ title: 'Rose signet', units: 12 }])
    const drop = draft()
    const acts = drop.acts.map((each) => (each.id === 'act-wave-12' ? { ...each, at: at(18) } : each))
    const late = rehearse(
      { ...drop, acts, waves: [wave('act-wave-12', 8)] },
      factsOf({ waiting: new Map([['11', 3]]) }),
    )
    expect(actOf(late, 'wave', 1).mailed).toEqual([])
    expect(late.findings).toContainEqual({
      light: 'amber',
      actId: 'act-wave-12',
      reason: 'no_time_for_mail',
      facts: { title: 'Rose signet', count: 3 },
    })
  })

  test('a ninth window waits for its slot, and the checkout has it in time', () => {
    const other = (index: number) =>
      makeDrop({
        id: `other-${index}`,
        handle: `other-${index}`,
        status: 'scheduled',
        offers: [
          {
            ...draft().offers[0],
            productId: `9${index}`,
            variantId: `9${index}`,
            inventoryItemId: `9${index}`,
            role: 'hero',
            title: 'x',
          },
        ],
        waves: [],
        earlyAccess: null,
        acts: [act('open', -200), act('close', -150)],
      })
    const others = Array.from({ length: 8 }, (_, index) => other(index))
    const played = rehearse(draft(), factsOf({ others }))
    expect(reasons(played)).toEqual([])
    expect(played.checkout.filter(({ lets }) => lets)).toHaveLength(6)
  })
})
