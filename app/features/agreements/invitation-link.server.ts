// The link by which a creator opens an offer without any login.
import { readLink, signLink } from '#app/adapters/crypto/signed-link.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'

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
  | { ok: true; expired: boolean; shopId: number; versionId: string; nonce: string }
  | { ok: false; reason: 'malformed' | 'forged' }

/** A genuine link that has expired still says what it was about, so that its page can explain itself. */
export function readInvitationLink(
  services: { linkSecret: string; clock: { now(): Date } },
  token: string,
): ReadInvitationLinkResult {
  const read = readLink(token, services.linkSecret, services.clock.now(), 'invitation')
  if (!read.ok && read.reason !== 'expired') return { ok: false, reason: read.reason }
  const { shopId, subjectId, nonce } = read.link
  if (!nonce || !isRowId(subjectId)) return { ok: false, reason: 'malformed' }
  return { ok: true, expired: !read.ok, shopId, versionId: subjectId, nonce }
}
