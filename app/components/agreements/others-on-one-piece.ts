// Who else is paid for a piece that these terms cover. Of all such pieces, the one that pays others most: the preview shows the worst case.
import type { AgreementScope, PartnerRole } from '#app/domain/agreements/terms.ts'

export interface OtherPayee {
  creatorId: string
  creatorName: string
  role: PartnerRole
  scope: AgreementScope
  shareBps: number
}

/** Owners of the piece, and at most one promoter: only one can have brought a sale. */
export function othersOnOnePiece(
  terms: { role: PartnerRole; scope: AgreementScope },
  creatorId: string,
  others: readonly OtherPayee[],
): OtherPayee[] {
  const meeting = others.filter((other) => overlap(terms.scope, other.scope))
  const owners = mostOwners(
    terms.scope,
    meeting.filter((other) => other.role === 'design_owner'),
  )
  if (terms.role === 'promoter') return owners
  const promoters = meeting.filter((other) => other.role === 'promoter' && other.creatorId !== creatorId)
  const [promoter] = promoters.toSorted((a, b) => b.shareBps - a.shareBps)
  return promoter ? [...owners, promoter] : owners
}

/** Products and collections may meet; which products a collection holds is not known here, so they count as meeting. */
function overlap(a: AgreementScope, b: AgreementScope): boolean {
  if (a.kind === 'products' && b.kind === 'products')
    return a.productIds.some((id) => b.productIds.includes(id))
  if (a.kind === 'collections' && b.kind === 'collections') {
    return a.collectionIds.some((id) => b.collectionIds.includes(id))
  }
  return true
}

function mostOwners(scope: AgreementScope, owners: OtherPayee[]): OtherPayee[] {
  const pieces =
    scope.kind === 'products' ? scope.productIds : owners.flatMap((owner) => productsOf(owner.scope))
  const named = pieces.map((id) => owners.filter((owner) => mayOwn(owner.scope, id)))
  const all = named.length > 0 ? named : [owners]
  return all.reduce((most, candidate) => (total(candidate) > total(most) ? candidate : most), [])
}

function productsOf(scope: AgreementScope): string[] {
  return scope.kind === 'products' ? scope.productIds : []
}

function mayOwn(scope: AgreementScope, productId: string): boolean {
  return scope.kind !== 'products' || scope.productIds.includes(productId)
}

function total(owners: OtherPayee[]): number {
  return owners.reduce((sum, owner) => sum + owner.shareBps, 0)
}
