// Which person of the shop's staff asks: the user of the session token. Call after `requireShop`, which has verified that very token.
import { UNKNOWN_PERSON } from '#app/domain/proposals/proposal.ts'

/** "user/<Shopify's user id>". */
export function actorOf(request: Request): string {
  // Taken from the request exactly as Shopify's library takes it: any other reading could be led to a token that nobody verified.
  const header = request.headers.get('authorization')?.replace('Bearer ', '')
  const token = header || new URL(request.url).searchParams.get('id_token')
  const payload = token?.split('.')[1]
  if (!payload) return UNKNOWN_PERSON
  try {
    const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { sub?: unknown }
    return typeof sub === 'string' && /^[\w-]{1,64}$/.test(sub) ? `user/${sub}` : UNKNOWN_PERSON
  } catch {
    return UNKNOWN_PERSON
  }
}
