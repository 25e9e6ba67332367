import { expect, test } from 'vitest'
import { MOST_OFFERS, MOST_WAVES } from './drop.ts'
import { MOST_CONFIG_BYTES, storefrontConfigs } from './storefront-config.ts'
import { act, at, makeDrop, wave } from './test-drop.ts'

const facts = {
  currency: 'EUR',
  handles: new Map([
    ['1', 'rose-signet'],
    ['2', 'thorn-ring'],
  ]),
  creator: null,
}
const seconds = (minutes: number) => Date.parse(at(minutes)) / 1000

test('a page knows its own pieces and restocks, absolute times, and how to reach the other offers', () => {
  const drop = makeDrop({ status: 'live' })
  drop.waves.push(wave('act-wave-6', 3, { id: 'elsewhere', locationId: '2' }))
  const configs = storefrontConfigs(drop, facts)
  expect([...configs.keys()]).toEqual(['1', '2'])
  expect(configs.get('1')).toMatchObject({
    id: 'rose-signet',
    role: 'hero',
    state: 'scheduled',
    teaser: seconds(-120),
    early: seconds(-10),
    open: seconds(0),
    close: seconds(20),
    waves: [
      { at: seconds(6), variant: '11', units: 15 },
      { at: seconds(12), variant: '11', units: 8 },
    ],
    gate: ['tag', 'pass'],
    price: { bps: 1000 },
    offers: [{ p: 'thorn-ring', v: '21' }],
  })
  expect(configs.get('2')).toMatchObject({ role: 'offer', waves: [], offers: [{ p: 'rose-signet' }] })
})

test('a draft tells nothing, and units that went back are not promised', () => {
  expect(storefrontConfigs(makeDrop(), facts).size).toBe(0)
  const aborted = makeDrop({ status: 'aborted', waves: [wave('act-wave-6', 12, { state: 'returned' })] })
  expect(storefrontConfigs(aborted, facts).get('1')).toMatchObject({
    state: 'aborted',
    waves: [{ units: 0 }],
  })
})

test('the largest drop with the longest words fits', () => {
  const long = '漢'.repeat(120)
  const offers = Array.from({ length: MOST_OFFERS }, (_, index) => ({
    productId: String(9_999_999_999_990 + index),
    variantId: String(49_999_999_999_990 + index),
    inventoryItemId: '1',
    role: index === 0 ? ('hero' as const) : ('offer' as const),
    title: '漢'.repeat(60),
  }))
  const waveActs = Array.from({ length: MOST_WAVES }, (_, index) => act('wave', 1 + index))
  const drop = makeDrop({
    status: 'scheduled',
    title: long,
    story: '漢'.repeat(600),
    offers,
    acts: [act('open', 0), ...waveActs, act('close', 40)],
    waves: waveActs.map(({ id }, index) =>
      wave(id, 100_000, { id: `${index}`, variantId: offers[0]?.variantId ?? '' }),
    ),
  })
  const creator = {
    name: long,
    image: `https://cdn.shopify.com/${'x'.repeat(200)}`,
    paid: true,
    commission: true,
  }
  const handles = new Map(offers.map(({ productId }) => [productId, 'x'.repeat(120)]))
  const config = storefrontConfigs(drop, { ...facts, handles, creator }).get(offers[0]?.productId ?? '')
  expect(Buffer.byteLength(JSON.stringify(config))).toBeLessThan(MOST_CONFIG_BYTES)
})
