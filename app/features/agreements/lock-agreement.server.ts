// Loads an agreement for a change: its row is locked, so that two decisions about it come one after the other.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { Agreement, AgreementVersion, Creator } from '#app/adapters/db/generated/client.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'

export interface LockedAgreement {
  agreement: Agreement
  creator: Creator
  /** By number. */
  versions: AgreementVersion[]
}

/** Null when the shop has no such agreement. */
export async function lockAgreement(
  tx: ShopTransaction,
  agreementId: string,
): Promise<LockedAgreement | null> {
  if (!isRowId(agreementId)) return null
  await tx.$queryRaw`select 1 from agreement where id = ${agreementId}::uuid for update`
  const row = await tx.agreement.findUnique({
    where: { id: agreementId },
    include: { creator: true, versions: { orderBy: { number: 'asc' } } },
  })
  if (!row) return null
  const { creator, versions, ...agreement } = row
  return { agreement, creator, versions }
}

/** The version that waits for its creator's answer. */
export function openOffer(versions: AgreementVersion[]): AgreementVersion | undefined {
  return versions.find((version) => version.status === 'offered')
}

export function draftOf(versions: AgreementVersion[]): AgreementVersion | undefined {
  return versions.find((version) => version.status === 'draft')
}

/** The version that was accepted last: it replaces the ones before it for good. */
export function latestAccepted(versions: AgreementVersion[]): AgreementVersion | undefined {
  return versions.filter((version) => version.status === 'accepted').sort((a, b) => b.number - a.number)[0]
}
