// A recurring charge for the app itself, pending until the merchant approves it on Shopify's page.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { AppSubscriptionCreateDocument, type CurrencyCode } from './generated/operations.ts'

export interface AppSubscriptionInput {
  name: string
  /** Decimal text, a month. */
  amount: string
  currency: CurrencyCode
  trialDays: number
  returnUrl: string
  isTest: boolean
}

export type CreateAppSubscriptionResult =
  | { ok: true; approvalUrl: string; subscriptionGid: string }
  | { ok: false; reason: 'refused_by_shopify'; message: string }
  | AdminRefusal

export async function createAppSubscription(
  shopify: AdminApi,
  input: AppSubscriptionInput,
): Promise<CreateAppSubscriptionResult> {
  const answer = await shopify.request(AppSubscriptionCreateDocument, {
    name: input.name,
    returnUrl: input.returnUrl,
    test: input.isTest,
    trialDays: input.trialDays,
    lineItems: [
      {
        plan: {
          appRecurringPricingDetails: {
            interval: 'EVERY_30_DAYS',
            price: { amount: input.amount, currencyCode: input.currency },
          },
        },
      },
    ],
  })
  if (!answer.ok) return answer
  const made = answer.data.appSubscriptionCreate
  if (made?.confirmationUrl && made.appSubscription) {
    return { ok: true, approvalUrl: made.confirmationUrl, subscriptionGid: made.appSubscription.id }
  }
  const message = made?.userErrors.map((error) => error.message).join('; ') || 'Shopify made no subscription.'
  return { ok: false, reason: 'refused_by_shopify', message }
}
