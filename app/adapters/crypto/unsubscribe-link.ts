// The signed address by which somebody takes back a sign-up for restocks, without any login.
import { signLink } from './signed-link.ts'

/** Mails lie about for long, and saying no must always work. */
const UNSUBSCRIBE_LINK_DAYS = 400

export function signUnsubscribeLink(
  services: { appUrl: string; linkSecret: string; clock: { now(): Date } },
  signup: { id: string; shopId: number },
): string {
  const expiresAt = new Date(services.clock.now().getTime() + UNSUBSCRIBE_LINK_DAYS * 86_400_000)
  const token = signLink(
    { kind: 'restock_signup', shopId: signup.shopId, subjectId: signup.id, expiresAt },
    services.linkSecret,
  )
  return `${services.appUrl}/s/restocks/${token}`
}
