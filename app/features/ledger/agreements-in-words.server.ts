// The versions of agreements that a journal was rated under, in plain words.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { describeTerms } from '#app/domain/agreements/describe-terms.ts'
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'
import type { Sentence } from '#app/domain/sentence.ts'

export interface AgreementInWords {
  agreementId: string
  versionId: string
  title: string
  version: number
  role: string
  creatorName: string
  effectiveFrom: string
  /** When the creator accepted it. */
  acceptedAt: string | null
  termsHash: string
  terms: Sentence[]
}

export async function readAgreementsInWords(
  tx: ShopTransaction,
  shopId: number,
  versionIds: string[],
  creatorNames: ReadonlyMap<string, string>,
): Promise<AgreementInWords[]> {
  if (versionIds.length === 0) return []
  const versions = await tx.agreementVersion.findMany({
    where: { shopId, id: { in: versionIds } },
    include: { agreement: { select: { id: true, title: true, role: true, creatorId: true } } },
    orderBy: { createdAt: 'asc' },
  })
  const titles = await readTitles(tx, shopId, versions.map(storedTerms))
  return versions.map((version) => ({
    agreementId: version.agreementId,
    versionId: version.id,
    title: version.agreement.title,
    version: version.number,
    role: version.agreement.role,
    creatorName: creatorNames.get(version.agreement.creatorId) ?? '',
    effectiveFrom: version.effectiveFrom.toISOString(),
    acceptedAt: version.decidedAt?.toISOString() ?? null,
    termsHash: version.termsHash,
    terms: describeTerms(storedTerms(version), { ...titles, retroactive: version.retroactive }),
  }))
}

/** Parsed when it was offered, immutable since. */
function storedTerms(version: { terms: unknown }): AgreementTerms {
  return version.terms as AgreementTerms
}

async function readTitles(tx: ShopTransaction, shopId: number, terms: AgreementTerms[]) {
  const productIds = terms.flatMap(({ scope, guarantee }) => [
    ...(scope.kind === 'products' ? scope.productIds : []),
    ...(guarantee?.kind === 'restock' ? guarantee.productIds : []),
  ])
  const collectionIds = terms.flatMap(({ scope }) =>
    scope.kind === 'collections' ? scope.collectionIds : [],
  )
  const rows = await tx.$queryRaw<Array<{ kind: string; id: string; title: string }>>`
    select 'product' as kind, product_id::text as id, title from product where shop_id = ${shopId} and product_id::text = any(${productIds}::text[])
    union all
    select 'collection', collection_id::text, title from collection where shop_id = ${shopId} and collection_id::text = any(${collectionIds}::text[])`
  const titled = (kind: string) =>
    new Map(rows.filter((row) => row.kind === kind).map((row) => [row.id, row.title]))
  return { productTitles: titled('product'), collectionTitles: titled('collection') }
}
