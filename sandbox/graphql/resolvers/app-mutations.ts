import { uninstallApp } from '#sandbox/oauth/install.ts'
import { cancelSubscription, confirmationUrl, createSubscription } from '../app-subscriptions.ts'
import { idOf } from '../gid.ts'
import {
  fields,
  type GraphqlContext,
  notImplemented,
  type Resolvers,
  refuseUnsupported,
} from '../resolver.ts'

interface Money {
  amount: string
  currencyCode: string
}

interface CreateArgs {
  name: string
  returnUrl: string
  test?: boolean | null
  trialDays?: number | null
  lineItems: Array<{
    plan: {
      appRecurringPricingDetails?: {
        interval?: 'EVERY_30_DAYS' | 'ANNUAL'
        price: Money
        discount?: unknown
      } | null
      appUsagePricingDetails?: unknown
    }
  }>
}

function userError(field: string[] | null, message: string) {
  return { field, message }
}

function createProblem(
  { name, trialDays, lineItems }: CreateArgs,
  currency: string | undefined,
  amount: string | undefined,
) {
  if (name.trim() === '') return userError(['name'], "Name can't be blank")
  if (trialDays != null && (trialDays < 0 || trialDays > 1000)) {
    return userError(['trialDays'], 'Trial days must be between 0 and 1000')
  }
  if (lineItems.length === 0) return userError(['lineItems'], 'At least one line item is required')
  if (amount === undefined || Number(amount) <= 0) {
    return userError(['lineItems', '0', 'plan'], 'Price must be greater than 0')
  }
  return /^[A-Z]{3}$/.test(currency ?? '')
    ? null
    : userError(['lineItems', '0', 'plan'], 'Currency is not supported')
}

export const appMutations: Resolvers = {
  Mutation: fields({
    appSubscriptionCreate: (_root, args: CreateArgs, { sandbox, shopDomain }: GraphqlContext) => {
      if (args.lineItems.length > 1 || args.lineItems.some(({ plan }) => plan.appUsagePricingDetails)) {
        throw notImplemented('usage pricing of appSubscriptionCreate')
      }
      const recurring = args.lineItems[0]?.plan.appRecurringPricingDetails
      if (recurring) refuseUnsupported(recurring, ['interval', 'price'], 'AppRecurringPricingInput')
      const problem = createProblem(args, recurring?.price.currencyCode, recurring?.price.amount)
      if (problem || !recurring) {
        return { appSubscription: null, confirmationUrl: null, userErrors: [problem] }
      }
      const appSubscription = createSubscription(sandbox, shopDomain, {
        name: args.name,
        price: recurring.price.amount,
        currency: recurring.price.currencyCode,
        interval: recurring.interval ?? 'EVERY_30_DAYS',
        returnUrl: args.returnUrl,
        trialDays: args.trialDays ?? 0,
        test: args.test ?? false,
      })
      const url = confirmationUrl(sandbox, shopDomain, appSubscription.id)
      return { appSubscription, confirmationUrl: url, userErrors: [] }
    },
    appSubscriptionCancel: (_root, { id }: { id: string }, { sandbox, shopDomain }) => {
      const outcome = cancelSubscription(sandbox, shopDomain, idOf(id, 'AppSubscription'))
      if (outcome.ok) return { appSubscription: outcome.subscription, userErrors: [] }
      return { appSubscription: null, userErrors: [userError(['id'], outcome.message)] }
    },
    appUninstall: (_root, _args, { sandbox, shopDomain }) => {
      const outcome = uninstallApp(sandbox, shopDomain)
      if (outcome.ok) return { app: sandbox.shop(shopDomain).shop, userErrors: [] }
      return { app: null, userErrors: [{ ...userError(null, outcome.message), code: 'APP_NOT_INSTALLED' }] }
    },
  }),
}
