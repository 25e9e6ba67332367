// Session tokens as App Bridge hands them out: HS256 over the app's secret, one minute of life by the machine's real clock.
import { randomUUID } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import type { Sandbox } from '#sandbox/state/sandbox.ts'

export interface SessionTokenOptions {
  /** Default 60; negative values give a token that has expired already. */
  lifetimeSeconds?: number
  userId?: string
}

/** The shop's owner: who asks when nobody is named. */
export const STAFF_USER_ID = '42'

/** A fresh id token for the shop. Errors: an unknown shop is thrown. */
export async function mintSessionToken(
  sandbox: Sandbox,
  shopDomain: string,
  { lifetimeSeconds = 60, userId = STAFF_USER_ID }: SessionTokenOptions = {},
): Promise<string> {
  const { domain } = sandbox.shop(shopDomain).shop
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({
    iss: `https://${domain}/admin`,
    dest: `https://${domain}`,
    aud: sandbox.options.apiKey,
    sub: userId,
    exp: now + lifetimeSeconds,
    nbf: Math.min(now, now + lifetimeSeconds) - 1,
    iat: Math.min(now, now + lifetimeSeconds),
    jti: randomUUID(),
    sid: randomUUID(),
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(sandbox.options.apiSecret))
}

export type SubjectToken =
  | { ok: true; userId: string }
  | { ok: false; reason: 'invalid_subject_token'; message: string }

/** Checks a session token as the token endpoint does: signature, times, audience, and that it was minted for this shop. */
export async function verifySessionToken(
  sandbox: Sandbox,
  shopDomain: string,
  token: string,
): Promise<SubjectToken> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(sandbox.options.apiSecret), {
      algorithms: ['HS256'],
      audience: sandbox.options.apiKey,
      clockTolerance: 10,
    })
    if (payload.dest !== `https://${shopDomain}`) return refused(`It was issued for ${String(payload.dest)}.`)
    return { ok: true, userId: String(payload.sub ?? STAFF_USER_ID) }
  } catch (error) {
    return refused((error as Error).message)
  }
}

function refused(why: string): SubjectToken {
  return { ok: false, reason: 'invalid_subject_token', message: `The session token is not valid. ${why}` }
}
