import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'

export type SetupStep =
  | 'add_creator'
  | 'send_agreement'
  | 'agreement_accepted'
  | 'first_sale'
  | 'first_statement'

export interface SetupGuide {
  steps: Array<{ step: SetupStep; done: boolean }>
  doneCount: number
}

type SetupFacts = Record<SetupStep, boolean>

/** Null once the merchant has put the guide away. Each step is read from what really happened. */
export async function readSetupGuide(tx: ShopTransaction, shop: Shop): Promise<SetupGuide | null> {
  if (shop.setupDismissedAt) return null
  const rows = await tx.$queryRaw<SetupFacts[]>`
    select exists (select 1 from creator where shop_id = ${shop.id}) as add_creator,
           exists (select 1 from agreement_version where shop_id = ${shop.id} and offered_at is not null) as send_agreement,
           exists (select 1 from agreement_version where shop_id = ${shop.id} and status = 'accepted') as agreement_accepted,
           exists (select 1 from line_attribution where shop_id = ${shop.id} and jsonb_array_length(payees) > 0) as first_sale,
           exists (select 1 from statement where shop_id = ${shop.id}) as first_statement`
  const facts = rows[0]
  const order: SetupStep[] = [
    'add_creator',
    'send_agreement',
    'agreement_accepted',
    'first_sale',
    'first_statement',
  ]
  const steps = order.map((step) => ({ step, done: facts?.[step] ?? false }))
  return { steps, doneCount: steps.filter(({ done }) => done).length }
}
