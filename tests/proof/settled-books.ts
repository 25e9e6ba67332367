// What the model says of a whole trade once everything has settled.
import { ModelBooks } from './model.ts'
import type { ModelVersion } from './model-types.ts'
import { SHARE_CAP_BPS } from './proof-shop.ts'
import { lifeOf, TRADE_SETTLED, type TradePlan } from './trade.ts'

export function settledBooks(plan: TradePlan, versions: readonly ModelVersion[]): string {
  const model = new ModelBooks(SHARE_CAP_BPS)
  for (const version of versions) model.accept(version)
  for (let number = 0; number < plan.orders; number++) {
    const moments = lifeOf(plan, number)
    const last = moments.at(-1)
    // What is known of an order while its lines are decided does not change afterwards: its last moment tells all.
    if (last) model.hear(last.order)
    const dispute = moments.findLast((moment) => moment.dispute !== null)?.dispute
    if (dispute) model.hearDispute(dispute)
  }
  model.mature(TRADE_SETTLED)
  return model.text()
}
