import type { AppInstallation, AppSubscription, Shop } from '#sandbox/state/nouns.ts'
import { APP_ID, appLaunchUrl } from '../app-identity.ts'
import { connectInOrder, type PageArgs } from '../connection.ts'
import { gid, idOf } from '../gid.ts'
import { fields, type GraphqlContext, plain, type Resolvers, Typed } from '../resolver.ts'
import { metafieldFields } from './metafield.ts'
import { moneyV2 } from './money.ts'

const DAY_MS = 24 * 3600 * 1000

function installationOf(shop: Shop): AppInstallation {
  // A request only gets here with a token of a living installation.
  if (!shop.installation) throw new Error('sandbox: the app is not installed')
  return shop.installation
}

function describe(handle: string) {
  return { handle, description: `${handle.replaceAll('_', ' ')}.` }
}

/** End of the running period: periods follow each other without gaps from the end of the trial. */
export function currentPeriodEnd(subscription: AppSubscription, now: Date): string | null {
  if (subscription.status !== 'ACTIVE') return null
  const length = (subscription.interval === 'ANNUAL' ? 365 : 30) * DAY_MS
  const start = Date.parse(subscription.createdAt) + subscription.trialDays * DAY_MS
  const passed = Math.max(0, Math.floor((now.getTime() - start) / length))
  return new Date(start + (passed + 1) * length).toISOString()
}

export const appInstallationResolvers: Resolvers = {
  QueryRoot: fields({
    currentAppInstallation: (_root, _args, { state }: GraphqlContext) => state.shop,
    appInstallation: (_root, { id }: { id?: string | null }, { state }) =>
      id && idOf(id, 'AppInstallation') !== state.shop.id ? null : state.shop,
    app: (_root, { id }: { id?: string | null }, { state }) =>
      id && idOf(id, 'App') !== APP_ID ? null : state.shop,
  }),
  AppInstallation: fields<Shop>({
    ...metafieldFields((shop: Shop) => gid('AppInstallation', shop.id)),
    id: (shop) => gid('AppInstallation', shop.id),
    app: (shop) => shop,
    launchUrl: (_shop, _args, { sandbox, shopDomain }) => appLaunchUrl(sandbox, shopDomain),
    uninstallUrl: () => null,
    accessScopes: (shop) => installationOf(shop).scopes.map(describe),
    activeSubscriptions: (shop) =>
      installationOf(shop).subscriptions.filter(({ status }) => status === 'ACTIVE'),
    allSubscriptions: (shop, args: PageArgs) =>
      connectInOrder(installationOf(shop).subscriptions, args, (subscription) => subscription),
    oneTimePurchases: (_shop, args: PageArgs) => connectInOrder([], args, (purchase) => purchase),
  }),
  App: fields<Shop>({
    id: () => gid('App', APP_ID),
    apiKey: (_shop, _args, { sandbox }) => sandbox.options.apiKey,
    handle: (_shop, _args, { sandbox }) => sandbox.options.apiKey,
    embedded: () => true,
    installation: (shop) => shop,
    previouslyInstalled: (shop) => shop.installations > 1,
    requestedAccessScopes: (shop) => installationOf(shop).scopes.map(describe),
  }),
  AppSubscription: fields<AppSubscription>({
    ...plain<AppSubscription>('name', 'status', 'test', 'trialDays', 'returnUrl', 'createdAt'),
    id: (subscription) => gid('AppSubscription', subscription.id),
    currentPeriodEnd: (subscription, _args, { sandbox }) =>
      currentPeriodEnd(subscription, sandbox.clock.now()),
    lineItems: (subscription) => [
      {
        id: `${gid('AppSubscriptionLineItem', subscription.id)}?v=1&index=0`,
        plan: {
          pricingDetails: new Typed('AppRecurringPricing', {
            interval: subscription.interval,
            price: moneyV2(subscription.price, subscription.currency),
            discount: null,
            planHandle: null,
          }),
        },
      },
    ],
  }),
}
