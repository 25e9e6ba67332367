// Whether a product is in the shop's online store.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import {
  ProductListingsDocument,
  ProductPublishDocument,
  ProductUnpublishDocument,
  PublicationsDocument,
} from './generated/operations.ts'
import { numberOfGid, toGid } from './gid.ts'

export type FindOnlineStoreResult =
  | { ok: true; publicationGid: string }
  | { ok: false; reason: 'no_online_store' }
  | AdminRefusal

/** The publication of the online store: the only one that keeps dates, whatever language its name is in. */
export async function findOnlineStore(shopify: AdminApi): Promise<FindOnlineStoreResult> {
  for (let after: string | null = null; ; ) {
    const answer: Awaited<ReturnType<typeof askPublications>> = await askPublications(shopify, after)
    if (!answer.ok) return answer
    const { nodes, pageInfo } = answer.data.publications
    const store =
      nodes.find(({ catalog }) => catalog?.title === 'Online Store') ??
      nodes.find(({ supportsFuturePublishing }) => supportsFuturePublishing)
    if (store) return { ok: true, publicationGid: store.id }
    if (!pageInfo.hasNextPage) return { ok: false, reason: 'no_online_store' }
    after = pageInfo.endCursor ?? null
  }
}

function askPublications(shopify: AdminApi, after: string | null) {
  return shopify.request(PublicationsDocument, { after })
}

export type SetListingResult =
  | { ok: true }
  | { ok: false; reason: 'refused_by_shopify'; message: string }
  | AdminRefusal

/** Puts the product into the publication or takes it out; doing so twice changes nothing. */
export async function setListing(
  shopify: AdminApi,
  { productId, publicationGid, listed }: { productId: bigint; publicationGid: string; listed: boolean },
): Promise<SetListingResult> {
  const variables = { id: toGid('Product', productId), input: [{ publicationId: publicationGid }] }
  if (listed) {
    const answer = await shopify.request(ProductPublishDocument, variables)
    return answer.ok ? outcomeOf(answer.data.publishablePublish) : answer
  }
  const answer = await shopify.request(ProductUnpublishDocument, variables)
  return answer.ok ? outcomeOf(answer.data.publishableUnpublish) : answer
}

function outcomeOf(payload: { userErrors: Array<{ message: string }> } | null | undefined): SetListingResult {
  const [error] = payload?.userErrors ?? []
  return error ? { ok: false, reason: 'refused_by_shopify', message: error.message } : { ok: true }
}

export interface Listing {
  /** ACTIVE, DRAFT … */
  status: string
  listed: boolean
}

export type ReadListingsResult = { ok: true; listings: Map<bigint, Listing> } | AdminRefusal

/** Products that Shopify no longer knows are missing from the answer. */
export async function readListings(
  shopify: AdminApi,
  productIds: readonly bigint[],
  publicationGid: string,
): Promise<ReadListingsResult> {
  const ids = productIds.map((id) => toGid('Product', id))
  const answer = await shopify.request(ProductListingsDocument, { ids, publicationId: publicationGid })
  if (!answer.ok) return answer
  const listings = new Map<bigint, Listing>()
  for (const node of answer.data.nodes)
    if (node?.__typename === 'Product')
      listings.set(numberOfGid(node.id), { status: node.status, listed: node.publishedOnPublication })
  return { ok: true, listings }
}
