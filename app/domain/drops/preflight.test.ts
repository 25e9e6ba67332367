import { expect, test } from 'vitest'
import { isBlocked, type PreflightFacts, preflight } from './preflight.ts'
import { makeDrop, wave } from './test-drop.ts'

const piece = (variantId: string, title: string) => ({
  variantId,
  title,
  status: 'ACTIVE',
  tracked: true,
  available: 30,
  oversells: false,
  priceMinor: 12_000n,
  image: { width: 2048, height: 1500 },
})
const green: PreflightFacts = {
  shopTimeZone: 'Europe/Berlin',
  pieces: [piece('11', 'Rose signet'), piece('21', 'Thorn ring')],
  levels: new Map([['111/1', { available: 30, reserved: 0 }]]),
  gate: { enabled: true, blocksOnFailure: true },
  checkout: null,
  config: null,
  blocks: 'present',
  agreement: { standing: 'none_named' },
  overlaps: [],
}
const lights = (given: Partial<PreflightFacts>, drop = makeDrop()) =>
  preflight(drop, { ...green, ...given })
    .filter(({ light }) => light !== 'green')
    .map(({ check, light, reason }) => `${check} ${light} ${reason}`)

test('a drop of which everything is right is all green', () => {
  expect(lights({})).toEqual([])
  expect(isBlocked(preflight(makeDrop(), green))).toBe(false)
})

const [signet = piece('11', ''), thorn = piece('21', '')] = green.pieces
const creator = makeDrop({ creatorId: 'c', agreementId: 'a' })
const cases: Array<[string, string[], Partial<PreflightFacts>, ReturnType<typeof makeDrop>?]> = [
  ['a piece that is gone', ['piece red unknown'], { pieces: [thorn] }],
  ['a draft', ['piece red not_active'], { pieces: [{ ...signet, status: 'DRAFT' }, thorn] }],
  ['overselling', ['overselling red policy_continues'], { pieces: [{ ...signet, oversells: true }, thorn] }],
  [
    'an item that is not counted',
    ['overselling red not_tracked'],
    { pieces: [{ ...signet, tracked: false }, thorn] },
  ],
  ['no image', ['image amber missing'], { pieces: [{ ...signet, image: null }, thorn] }],
  [
    'a small image',
    ['image amber small'],
    { pieces: [{ ...signet, image: { width: 4000, height: 999 } }, thorn] },
  ],
  [
    'a reduction of all that it costs',
    ['price red not_less_than_piece'],
    { pieces: [{ ...signet, priceMinor: 500n }, thorn] },
    makeDrop({ price: { kind: 'amount', minor: 500n } }),
  ],
  [
    'two waves that one stock cannot back',
    ['stock red too_little', 'opening_stock amber none'],
    { levels: new Map([['111/1', { available: 19, reserved: 50 }]]) },
  ],
  [
    'nothing for the opening',
    ['opening_stock amber none'],
    { levels: new Map([['111/1', { available: 20, reserved: 0 }]]) },
  ],
  [
    'a place without the item',
    ['stock red not_kept_there', 'opening_stock amber none'],
    { levels: new Map() },
  ],
  ['no gate', ['gate red missing'], { gate: 'missing' }],
  ['a gate that is off', ['gate red switched_off'], { gate: { enabled: false, blocksOnFailure: true } }],
  ['a gate that may not be read', ['gate red not_readable'], { gate: null }],
  [
    'more windows at one time than the checkout has room for',
    ['gate red windows_full'],
    { checkout: { ok: false, reason: 'windows_full', at: '2026-12-10T17:00:00.000Z', drops: ['a', 'b'] } },
  ],
  [
    'more tags than the checkout can ask for',
    ['gate red too_many_tags'],
    { checkout: { ok: false, reason: 'too_many_tags', count: 101, most: 100 } },
  ],
  [
    'more to print than pages are given',
    ['blocks red config_too_large'],
    { config: { ok: false, reason: 'config_too_large', title: 'Rose signet', bytes: 8001, most: 8000 } },
  ],
  [
    'a rule that calls the whole run low',
    ['scarcity red low_from_the_start'],
    { pieces: [{ ...signet, available: 5 }, thorn] },
  ],
  [
    'a small rest beside waves that are set aside already',
    [],
    { pieces: [{ ...signet, available: 5 }, thorn] },
    makeDrop({ waves: [wave('act-wave-6', 12, { state: 'reserved' })] }),
  ],
  ['blocks that cannot be read', ['blocks amber not_readable'], { blocks: null }],
  ['a creator without an agreement', ['agreement red none_named'], {}, makeDrop({ creatorId: 'c' })],
  [
    'an agreement that ends during the drop',
    ['agreement red ends_before'],
    { agreement: { standing: 'read', title: 'Rose', atStart: true, atEnd: false } },
    creator,
  ],
  [
    'an agreement that is not in force',
    ['agreement red not_in_force'],
    { agreement: { standing: 'read', title: 'Rose', atStart: false, atEnd: true } },
    creator,
  ],
  ['a shop that moved', ['time_zone red shop_moved'], { shopTimeZone: 'Europe/London' }],
  [
    'another drop of the same piece',
    ['overlap amber shares_pieces'],
    { overlaps: [{ dropId: 'd', handle: 'other', sharedVariants: ['11'] }] },
  ],
]
test.each(cases)('%s is said', (_name, said, given, drop) => {
  expect(lights(given, drop)).toEqual(said)
})

test('units in reserve already are not looked for again', () => {
  const drop = makeDrop({
    waves: [wave('act-wave-6', 12, { state: 'reserved' }), wave('act-wave-12', 8, { state: 'reserved' })],
  })
  expect(lights({ levels: new Map([['111/1', { available: 1, reserved: 20 }]]) }, drop)).toEqual([])
})
