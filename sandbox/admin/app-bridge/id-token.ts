// Session tokens: one is reused while it has some life left, so that a page load costs no extra round trip.
import type { AdminChannel } from './admin-channel.ts'

const SPARE_SECONDS = 15

export interface IdTokens {
  get(): Promise<string>
  /** Forgets the kept token, asks for another. */
  renew(): Promise<string>
}

export function createIdTokens(channel: AdminChannel): IdTokens {
  let kept = new URLSearchParams(location.search).get('id_token') ?? ''
  let pending: Promise<string> | undefined

  const renew = () => {
    pending ??= channel
      .ask({ method: 'idToken' })
      .then((value) => {
        kept = String(value)
        return kept
      })
      .finally(() => {
        pending = undefined
      })
    return pending
  }
  return { get: () => (secondsLeft(kept) > SPARE_SECONDS ? Promise.resolve(kept) : renew()), renew }
}

function secondsLeft(token: string): number {
  try {
    const part = token.split('.')[1] ?? ''
    const claims: { exp?: number } = JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/')))
    return (claims.exp ?? 0) - Date.now() / 1000
  } catch {
    return 0
  }
}
