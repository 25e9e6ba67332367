// Invitations to answer an offer: the link's random part on the version, and the mail that carries the link.
import { randomNonce } from '../crypto/digest.ts'
import type { JobQueue } from '../queue/job-queue.ts'
import { recordCreatorEvent } from './creator-event-store.ts'
import type { ShopTransaction } from './database.ts'
import { newRowId } from './row-id.ts'

export const INVITATION_DAYS = 14

export interface Invitation {
  shopId: number
  agreement: { id: string; title: string }
  creator: { id: string; email: string }
  version: { id: string; number: number }
  at: Date
}

/** When an invitation that is sent now runs out. Whole seconds, as the link carries it. */
export function invitationEnd(now: Date): Date {
  return new Date(Math.floor(now.getTime() / 1000) * 1000 + INVITATION_DAYS * 86_400_000)
}

/** The mail with its job, and the line in the creator's history, in the caller's transaction. */
export async function queueInvitation(
  tx: ShopTransaction,
  queue: Pick<JobQueue, 'enqueue'>,
  { shopId, agreement, creator, version, at }: Invitation,
): Promise<void> {
  const deliveryId = newRowId()
  await tx.mailDelivery.create({
    data: {
      id: deliveryId,
      shopId,
      kind: 'invitation',
      subjectId: version.id,
      creatorId: creator.id,
      toAddress: creator.email,
      subject: agreement.title,
      requestedAt: at,
    },
  })
  await queue.enqueue(tx, 'send-mail', { shopId, deliveryId })
  await recordCreatorEvent(tx, {
    shopId,
    creatorId: creator.id,
    at,
    kind: 'agreement_offered',
    actor: 'merchant',
    facts: { agreementId: agreement.id, title: agreement.title, version: version.number },
  })
}

/** A fresh invitation for terms that are on offer. Links in earlier mails are void from then on. */
export async function renewInvitation(
  tx: ShopTransaction,
  queue: Pick<JobQueue, 'enqueue'>,
  invitation: Invitation,
): Promise<void> {
  await tx.agreementVersion.update({
    where: { id: invitation.version.id },
    data: { inviteNonce: randomNonce(), inviteExpiresAt: invitationEnd(invitation.at) },
  })
  await queueInvitation(tx, queue, invitation)
}
