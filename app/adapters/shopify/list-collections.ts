// All collections of the shop, page by page.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { CollectionsPageDocument } from './generated/operations.ts'
import { numberOfGid } from './gid.ts'

export type CollectionsPage =
  | { ok: true; collections: Array<{ collectionId: bigint; title: string }>; isLast: boolean }
  | AdminRefusal

const COLLECTIONS_PER_PAGE = 250

/** A refusal is yielded too and ends the walk. */
export async function* listCollections(shopify: AdminApi): AsyncGenerator<CollectionsPage, void, void> {
  let after: string | null = null
  for (;;) {
    const answer: Awaited<ReturnType<typeof askPage>> = await askPage(shopify, after)
    if (!answer.ok) {
      yield answer
      return
    }
    const { nodes, pageInfo } = answer.data.collections
    yield {
      ok: true,
      collections: nodes.map(({ id, title }) => ({ collectionId: numberOfGid(id), title })),
      isLast: !pageInfo.hasNextPage,
    }
    if (!pageInfo.hasNextPage) return
    after = pageInfo.endCursor
  }
}

function askPage(shopify: AdminApi, after: string | null) {
  return shopify.request(CollectionsPageDocument, { first: COLLECTIONS_PER_PAGE, after })
}
