// Which person of the shop's staff asks: the user of the session token. Call after `requireShop`, which has verified that very token.
const UNKNOWN = 'user/unknown'

/** "user/<Shopify's user id>". */
export function actorOf(request: Request): string {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  const token = bearer ?? new URL(request.url).searchParams.get('id_token')
  const payload = token?.split('.')[1]
  if (!payload) return UNKNOWN
  try {
    const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { sub?: unknown }
    return typeof sub === 'string' && /^[\w-]{1,64}$/.test(sub) ? `user/${sub}` : UNKNOWN
  } catch {
    return UNKNOWN
  }
}
