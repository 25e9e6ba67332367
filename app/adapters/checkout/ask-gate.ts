// Asks the checkout's own rule, the very function that runs at Shopify, what it would say at a moment: with what it was told, and with the
// comparisons that Shopify makes for it, which are of local times to the second.
import { run } from '../../../extensions/drop-gate/src/run.ts'
import { type CheckoutConfig, SLOT_COUNT } from '../../domain/drops/checkout-rules.ts'
import { localOf } from '../../domain/drops/timeline.ts'

type GateInput = Parameters<typeof run>[0]

export interface GateBuyer {
  email: string
  tags: readonly string[]
  tiers: readonly string[]
  orders: number
  pass: string | null
}

export interface GateAsk {
  config: CheckoutConfig
  /** The shop's own zone: Shopify compares in no other. */
  timeZone: string
  at: string
  productId: string
  /** Null: somebody of whom nothing is known. */
  buyer: GateBuyer | null
}

/** Null: the order goes through. Else what the buyer is told. */
export function askGate({ config, timeZone, at, productId, buyer }: GateAsk): string | null {
  const local = localOf(at, timeZone)
  const slots = Array.from({ length: SLOT_COUNT }, (_, slot): [string, boolean] => {
    const [start, end] = [config.windows[`s${slot}a`], config.windows[`s${slot}b`]]
    // Whether an end belongs to it is not documented; here it does, which is the worse of both for whoever must not sell late.
    return [`s${slot}`, start !== undefined && end !== undefined && start <= local && local <= end]
  })
  const customer = buyer && {
    numberOfOrders: buyer.orders,
    hasTags: config.windows.tags.map((tag) => ({ tag, hasTag: buyer.tags.includes(tag) })),
    tiers: { jsonValue: buyer.tiers },
    bought: null,
  }
  const input = {
    buyerJourney: { step: 'CHECKOUT_COMPLETION' },
    cart: {
      pass: buyer?.pass ? { value: buyer.pass } : null,
      buyerIdentity: { email: buyer?.email ?? 'guest@example.invalid', customer },
      lines: [
        {
          quantity: 1,
          merchandise: {
            __typename: 'ProductVariant',
            product: { id: `gid://shopify/Product/${productId}` },
          },
        },
      ],
    },
    localization: { language: { isoCode: 'EN' } },
    validation: { rules: { jsonValue: config.rules } },
    shop: { localTime: Object.fromEntries(slots) },
  }
  const { operations } = run(input as unknown as GateInput)
  return operations[0]?.validationAdd.errors[0]?.message ?? null
}
