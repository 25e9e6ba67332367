// The app's charges: created pending, then approved or declined on Shopify's confirmation page.
import { createHmac } from 'node:crypto'
import type { AppSubscription } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { shopHandle } from './app-identity.ts'

export type SubscriptionChange =
  | { ok: true; subscription: AppSubscription }
  | { ok: false; reason: 'unknown_subscription' | 'not_pending' | 'not_active'; message: string }

export interface SubscriptionInput {
  name: string
  price: string
  currency: string
  interval: AppSubscription['interval']
  returnUrl: string
  trialDays: number
  test: boolean
}

/** Adds a pending subscription. Errors: thrown when the app is not installed. */
export function createSubscription(
  sandbox: Sandbox,
  shopDomain: string,
  input: SubscriptionInput,
): AppSubscription {
  const { installation } = sandbox.shop(shopDomain).shop
  if (!installation) throw new Error(`The app is not installed on ${shopDomain}.`)
  const subscription: AppSubscription = {
    ...input,
    id: sandbox.nextId('appSubscription'),
    status: 'PENDING',
    createdAt: sandbox.clock.now().toISOString(),
  }
  installation.subscriptions.push(subscription)
  sandbox.changed()
  return subscription
}

/** Where the merchant approves: always Shopify's own admin. */
export function confirmationUrl(sandbox: Sandbox, shopDomain: string, id: string): string {
  const { apiKey, apiSecret } = sandbox.options
  const signature = createHmac('sha256', apiSecret).update(`${shopDomain}:${id}`).digest('base64url')
  const path = `store/${shopHandle(shopDomain)}/charges/${apiKey}/${id}/RecurringApplicationCharge/confirm_recurring`
  return `https://admin.shopify.com/${path}?signature=${signature}`
}

/** The merchant's yes: this one becomes active, and the one before it ends. */
export function approveSubscription(sandbox: Sandbox, shopDomain: string, id: string): SubscriptionChange {
  const found = findSubscription(sandbox, shopDomain, id)
  if (!found) return unknown(id)
  if (found.status !== 'PENDING')
    return { ok: false, reason: 'not_pending', message: `It is ${found.status} already.` }
  for (const other of sandbox.shop(shopDomain).shop.installation?.subscriptions ?? []) {
    if (other.status === 'ACTIVE') other.status = 'CANCELLED'
  }
  found.status = 'ACTIVE'
  return changed(sandbox, found)
}

/** The merchant's no. */
export function declineSubscription(sandbox: Sandbox, shopDomain: string, id: string): SubscriptionChange {
  const found = findSubscription(sandbox, shopDomain, id)
  if (!found) return unknown(id)
  if (found.status !== 'PENDING')
    return { ok: false, reason: 'not_pending', message: `It is ${found.status} already.` }
  found.status = 'DECLINED'
  return changed(sandbox, found)
}

/** The app ends an active subscription. */
export function cancelSubscription(sandbox: Sandbox, shopDomain: string, id: string): SubscriptionChange {
  const found = findSubscription(sandbox, shopDomain, id)
  if (!found) return unknown(id)
  if (found.status !== 'ACTIVE')
    return { ok: false, reason: 'not_active', message: `It is ${found.status}, not active.` }
  found.status = 'CANCELLED'
  return changed(sandbox, found)
}

function findSubscription(sandbox: Sandbox, shopDomain: string, id: string): AppSubscription | undefined {
  return sandbox
    .findShop(shopDomain)
    ?.shop.installation?.subscriptions.find((candidate) => candidate.id === id)
}

function changed(sandbox: Sandbox, subscription: AppSubscription): SubscriptionChange {
  sandbox.changed()
  return { ok: true, subscription }
}

function unknown(id: string): SubscriptionChange {
  return { ok: false, reason: 'unknown_subscription', message: `There is no subscription ${id}.` }
}
