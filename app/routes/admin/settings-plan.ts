import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { changePlan } from '#app/features/billing/change-plan.server.ts'
import { openBillingGateway } from '#app/features/billing/open-billing-gateway.server.ts'
import { refreshSubscription } from '#app/features/billing/refresh-subscription.server.ts'
import { readForm } from '../read-form.server.ts'
import { webServices } from '../web-services.server.ts'
import { requireShop } from './require-shop.server.ts'

/** Reads from Shopify which plan is active. Null when Shopify does not say: what is stored stays. */
export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const result = await refreshSubscription(
    ctx,
    openBillingGateway(webServices().environment.billingMode, ctx.shopify),
  )
  return { planKey: result.ok ? result.planKey : null }
}

/** `plan` is the key of the wanted plan. */
export async function action({ request }: ActionFunctionArgs) {
  const ctx = await requireShop(request)
  const plan = String((await readForm(request)).get('plan') ?? '')
  return changePlan(ctx, openBillingGateway(webServices().environment.billingMode, ctx.shopify), plan)
}
