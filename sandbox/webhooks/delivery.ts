// One delivery of one event to one address, and its attempts.
import type { ShopEvent } from '#sandbox/state/sandbox.ts'
import { type DeliveryFacts, deliveryHeaders } from './sign-delivery.ts'

export interface Attempt {
  /** Machine time. */
  at: string
  /** HTTP status; null: no answer. */
  status: number | null
  error: string | null
  ms: number
}

export interface Delivery extends DeliveryFacts {
  /** Position in the log; the id that the control API knows. */
  id: string
  url: string
  resourceId: ShopEvent['resourceId']
  status: 'pending' | 'delivered' | 'failed' | 'dropped' | 'cancelled'
  forged: boolean
  attempts: Attempt[]
  /** The raw body as first built; every retry sends it again. Null: no longer kept. */
  body: string | null
}

const TIMEOUT_MS = 5000

/** Sends once. Any 2xx is a success; redirects are not followed. */
export async function attemptDelivery(
  delivery: Delivery,
  secret: string,
  signal: AbortSignal,
): Promise<boolean> {
  const body = delivery.body ?? ''
  const startedAt = performance.now()
  const attempt: Attempt = { at: new Date().toISOString(), status: null, error: null, ms: 0 }
  try {
    const answer = await fetch(delivery.url, {
      method: 'POST',
      body,
      headers: deliveryHeaders(delivery, body, secret),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    })
    await answer.body?.cancel()
    attempt.status = answer.status
  } catch (error) {
    const { cause, message, name } = error as Error & { cause?: Error }
    attempt.error =
      name === 'TimeoutError' ? `no answer within ${TIMEOUT_MS / 1000} s` : cause?.message || message
  }
  attempt.ms = Math.round(performance.now() - startedAt)
  delivery.attempts.push(attempt)
  return attempt.status !== null && attempt.status >= 200 && attempt.status < 300
}
