// Turns what happens in the shops into signed deliveries to the app.
import { randomUUID } from 'node:crypto'
import type { ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox, ShopEvent } from '#sandbox/state/sandbox.ts'
import { attemptDelivery, type Delivery } from './delivery.ts'
import { createDeliveryQueue } from './delivery-queue.ts'
import { payloadFor } from './payload-for.ts'
import { readSubscriptions, type Subscription } from './subscriptions.ts'
import { NO_FAULTS, seededDraws, type WebhookFaults } from './webhook-faults.ts'

export interface WebhookOptions {
  /** Deliveries under way at the same time. Default 16. */
  concurrency?: number
  /** Waits before the retries, Shopify's four hours compressed. Their number is the number of retries. */
  retryDelaysMs?: number[]
}

export interface Webhooks {
  /** Newest last. Ten thousand are kept. */
  deliveries(): readonly Delivery[]
  /** Sends all now; answers when nothing waits any more. */
  flush(): Promise<void>
  faults(): WebhookFaults
  /** Changes the named faults; a seed restarts the generator. Values are the caller's to validate. */
  setFaults(change: Partial<WebhookFaults>): WebhookFaults
  /** Sends a kept delivery again: same event, same body, new webhook id. Undefined: unknown, or its body is no longer kept. */
  redeliver(id: string): Delivery | undefined
  /** Forgets the log. */
  clear(): void
  stop(): Promise<void>
}

const RETRY_DELAYS_MS = [250, 500, 1000, 2000, 4000, 8000, 15_000, 30_000]
const HURRIED_DELAYS_MS = [20, 40, 80, 160, 320, 500, 500, 500]
const KEPT_DELIVERIES = 10_000
const KEPT_BODIES = 3000
const REORDER_REACH = 20

export function attachWebhooks(sandbox: Sandbox, options: WebhookOptions = {}): Webhooks {
  const { apiVersion, subscriptions } = readSubscriptions(sandbox.options.appTomlPath)
  const log: Delivery[] = []
  const abort = new AbortController()
  let sequence = 0
  let faults = { ...NO_FAULTS }
  let draw = seededDraws(faults.seed)
  const queue = createDeliveryQueue({
    concurrency: options.concurrency ?? 16,
    retryDelaysMs: options.retryDelaysMs ?? RETRY_DELAYS_MS,
    hurriedDelaysMs: (options.retryDelaysMs ?? HURRIED_DELAYS_MS).map((delay, index) =>
      Math.min(delay, HURRIED_DELAYS_MS[index] ?? delay),
    ),
    send: (delivery) => attemptDelivery(delivery, secretFor(sandbox, delivery), abort.signal),
  })

  function record(delivery: Omit<Delivery, 'id' | 'attempts' | 'status'>): Delivery {
    sequence += 1
    const recorded: Delivery = { id: String(sequence), attempts: [], status: 'pending', ...delivery }
    log.push(recorded)
    forgetOldest(log)
    return recorded
  }

  function send(facts: Omit<Delivery, 'id' | 'attempts' | 'status' | 'webhookId'>): Delivery {
    const delivery = record({ ...facts, webhookId: randomUUID() })
    const isDropped = !facts.forged && chance(faults.drop)
    const delayMs = faults.delayMs > 0 ? draw() * faults.delayMs : 0
    const overtakenBy = chance(faults.reorder) ? 1 + draw() * REORDER_REACH : 0
    if (isDropped) delivery.status = 'dropped'
    // An overtaken delivery also waits a little, so that there is something to overtake it.
    else queue.add(delivery, Number(delivery.id) + overtakenBy, delayMs + overtakenBy * 10)
    return delivery
  }

  /** No draw without a fault: the same seed gives the same run whatever else is switched off. */
  function chance(probability: number): boolean {
    return probability > 0 && draw() < probability
  }

  const unsubscribe = sandbox.subscribe((event) => {
    const state = sandbox.shop(event.shop)
    for (const { topic, uri } of wantedBy(subscriptions, state, event)) {
      const facts = {
        topic,
        shop: event.shop,
        apiVersion,
        eventId: randomUUID(),
        triggeredAt: event.happenedAt,
        url: new URL(uri, sandbox.options.appUrl).href,
        resourceId: event.resourceId,
        body: JSON.stringify(payloadFor(state, event)),
        forged: false,
      }
      send(facts)
      if (chance(faults.duplicate)) send(facts)
      if (chance(faults.forge)) send({ ...facts, eventId: randomUUID(), forged: true })
    }
  })

  return {
    deliveries: () => log,
    flush: () => queue.flush(),
    faults: () => ({ ...faults }),
    setFaults(change) {
      faults = { ...faults, ...change }
      if (change.seed !== undefined) draw = seededDraws(change.seed)
      return { ...faults }
    },
    redeliver(id) {
      const known = log.find((delivery) => delivery.id === id)
      if (!known || known.body === null) return undefined
      const { id: _id, attempts: _attempts, status: _status, ...facts } = known
      const again = record({ ...facts, webhookId: randomUUID() })
      queue.add(again, Number(again.id), 0)
      return again
    },
    clear() {
      log.splice(0)
    },
    async stop() {
      unsubscribe()
      abort.abort()
      await queue.stop()
    },
  }
}

/** An app that is not installed hears of its own removal and of privacy requests, and of nothing else. */
function wantedBy(subscriptions: Subscription[], { shop }: ShopState, { topic }: ShopEvent): Subscription[] {
  return subscriptions.filter((subscription) => {
    if (subscription.topic !== topic || shop.installations === 0) return false
    return shop.installation !== null || subscription.isCompliance || topic === 'app/uninstalled'
  })
}

function secretFor(sandbox: Sandbox, { forged }: Delivery): string {
  return forged ? 'not the secret of this app' : sandbox.options.apiSecret
}

function forgetOldest(log: Delivery[]): void {
  const withoutBody = log[log.length - KEPT_BODIES - 1]
  if (withoutBody && withoutBody.status !== 'pending') withoutBody.body = null
  if (log.length <= KEPT_DELIVERIES) return
  const index = log.findIndex(({ status }) => status !== 'pending')
  if (index >= 0) log.splice(index, 1)
}
