// The link by which a creator opens an offer without any login.
import { readLink, signLink } from '#app/adapters/crypto/signed-link.ts'

export interface InvitationSubject {
  id: string
  shopId: number
  inviteNonce: string | null
  inviteExpiresAt: Date | null
}

/** Null when the version was never offered. */
export function invitationUrl(
  services: { appUrl: string; linkSecret: string },
  version: InvitationSubject,
): string | null {
  if (!version.inviteNonce || !version.inviteExpiresAt) return null
  const token = signLink(
    {
      kind: 'invitation',
      shopId: version.shopId,
      subjectId: version.id,
      nonce: version.inviteNonce,
      expiresAt: version.inviteExpiresAt,
    },
    services.linkSecret,
  )
  return `${services.appUrl}/c/agreements/${token}`
}

export type ReadInvitationLinkResult =
  | { ok: true; shopId: number; versionId: string; nonce: string }
  | { ok: false; reason: 'malformed' | 'forged' | 'expired' }

export function readInvitationLink(
  services: { linkSecret: string; clock: { now(): Date } },
  token: string,
): ReadInvitationLinkResult {
  const read = readLink(token, services.linkSecret, services.clock.now(), 'invitation')
  if (!read.ok) return read
  const { shopId, subjectId, nonce } = read.link
  return nonce ? { ok: true, shopId, versionId: subjectId, nonce } : { ok: false, reason: 'malformed' }
}
