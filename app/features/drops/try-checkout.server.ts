// Whether the checkout has room for these drops: looked at before anything changes, because it is told of all of them at once.
import { passKeyOf } from '../../adapters/crypto/drop-pass.ts'
import {
  buildCheckoutConfig,
  type CheckoutDrop,
  type CheckoutRefusal,
} from '../../domain/drops/checkout-rules.ts'
import type { ShopContext } from '../context.ts'

/** Null: it has. `revoked`: numbers of passes that were taken back, by the drop's handle. */
export function tryCheckout(
  { shop, clock, linkSecret }: Pick<ShopContext, 'shop' | 'clock' | 'linkSecret'>,
  drops: readonly CheckoutDrop[],
  revoked: ReadonlyMap<string, readonly string[]>,
): CheckoutRefusal | null {
  const built = buildCheckoutConfig({
    drops,
    timeZone: shop.timeZone,
    currency: shop.currency,
    passKey: passKeyOf(shop.domain, linkSecret),
    revoked,
    now: clock.now().toISOString(),
    loaded: null,
  })
  return built.ok ? null : built
}
