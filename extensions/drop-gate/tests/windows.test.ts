// The same windows by both arithmetics: the app's, on instants, and the checkout's, on what the shop's clock shows.
import fs from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildCheckoutConfig, type CheckoutConfig } from '../../../app/domain/drops/checkout-rules.ts'
import { makeDrop } from '../../../app/domain/drops/test-drop.ts'
import { phaseAt } from '../../../app/domain/drops/timeline.ts'
import { loadEngine } from '../../../sandbox/functions/run-in-quickjs.ts'
import { localTimeFields, shopClock } from '../../../sandbox/functions/shop-clock.ts'
import { runInEngine } from '../../../tests/harness/function-fixtures.ts'

type Phase = 'shut' | 'early' | 'open'

interface Vector {
  name: string
  timeZone: string
  early: string | null
  open: string
  close: string
  probes: Array<[at: string, phase: Phase]>
}

const file = new URL('../../../tests/vectors/drop-windows.json', import.meta.url)
const { drops } = JSON.parse(fs.readFileSync(file, 'utf8')) as { drops: Vector[] }

beforeAll(loadEngine)

function dropOf({ early, open, close, timeZone }: Vector) {
  const act = (kind: 'early_access' | 'open' | 'close', at: string) => ({
    id: kind,
    kind,
    at,
    status: 'planned' as const,
  })
  return makeDrop({
    status: 'scheduled',
    timeZone,
    acts: [...(early ? [act('early_access', early)] : []), act('open', open), act('close', close)],
    waves: [],
    earlyAccess: early ? { tags: ['vip'], tiers: [], pastBuyers: false, passes: false } : null,
    limitPerCustomer: null,
  })
}

function configOf(vector: Vector): CheckoutConfig {
  const built = buildCheckoutConfig({
    drops: [dropOf(vector)],
    timeZone: vector.timeZone,
    currency: 'EUR',
    passKey: 'a1'.repeat(32),
    now: new Date(Date.parse(vector.early ?? vector.open) - 86_400_000).toISOString(),
    loaded: null,
  })
  if (!built.ok) throw new Error(JSON.stringify(built))
  return built.config
}

function mayBuy(config: CheckoutConfig, timeZone: string, at: string, isVip: boolean): boolean {
  const compare = localTimeFields(shopClock(new Date(at), timeZone)).dateTimeBetween
  const slots = Array.from({ length: 8 }, (_, slot) => [
    `s${slot}`,
    compare?.({
      startDateTime: config.windows[`s${slot}a`] as string,
      endDateTime: config.windows[`s${slot}b`] as string,
    }),
  ])
  const customer = {
    numberOfOrders: 0,
    hasTags: [{ tag: 'vip', hasTag: isVip }],
    tiers: null,
    bought: null,
  }
  const run = runInEngine('drop-gate', {
    buyerJourney: { step: 'CHECKOUT_COMPLETION' },
    cart: {
      pass: null,
      buyerIdentity: { email: 'noor@post.example', customer },
      lines: [
        {
          quantity: 1,
          merchandise: { __typename: 'ProductVariant', product: { id: 'gid://shopify/Product/1' } },
        },
      ],
    },
    localization: { language: { isoCode: 'EN' } },
    validation: { rules: { jsonValue: config.rules } },
    shop: { localTime: Object.fromEntries(slots) },
  })
  if (!run.ok) throw new Error(run.message)
  return (run.output as { operations: unknown[] }).operations.length === 0
}

describe.each(drops)('$name', (vector) => {
  test.each(vector.probes)('%s: %s', (at, phase) => {
    const ofTimeline = phaseAt(dropOf(vector).acts, at)
    expect(ofTimeline === 'early' || ofTimeline === 'open' ? ofTimeline : 'shut').toBe(phase)
    const config = configOf(vector)
    expect(mayBuy(config, vector.timeZone, at, false), 'anyone').toBe(phase === 'open')
    expect(mayBuy(config, vector.timeZone, at, true), 'with early access').toBe(phase !== 'shut')
  })
})
