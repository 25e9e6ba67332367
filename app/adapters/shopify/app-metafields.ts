// Data of the app that themes and functions read without asking the app: metafields of its installation and of what it owns.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import {
  CurrentInstallationDocument,
  MetafieldsDeleteDocument,
  MetafieldsSetDocument,
} from './generated/operations.ts'

export interface MetafieldEntry {
  namespace: string
  key: string
  type: 'json' | 'boolean'
  value: string
}

export type WriteMetafieldsResult =
  | { ok: true }
  | { ok: false; reason: 'refused_by_shopify'; message: string }
  | AdminRefusal

export type FindInstallationResult = { ok: true; installationGid: string } | AdminRefusal

/** Owner of the app's data at the shop. */
export async function findInstallation(shopify: AdminApi): Promise<FindInstallationResult> {
  const answer = await shopify.request(CurrentInstallationDocument, {})
  return answer.ok ? { ok: true, installationGid: answer.data.currentAppInstallation.id } : answer
}

/** Shopify takes so many at once, all or none. */
const MOST_AT_ONCE = 25

/** Several groups when there are more than fit into one: each is written whole or not at all. */
export async function setMetafields(
  shopify: AdminApi,
  ownerId: string,
  entries: readonly MetafieldEntry[],
): Promise<WriteMetafieldsResult> {
  for (let from = 0; from < entries.length; from += MOST_AT_ONCE) {
    const metafields = entries.slice(from, from + MOST_AT_ONCE).map((entry) => ({ ownerId, ...entry }))
    const answer = await shopify.request(MetafieldsSetDocument, { metafields })
    if (!answer.ok) return answer
    const [error] = answer.data.metafieldsSet?.userErrors ?? []
    if (error) return { ok: false, reason: 'refused_by_shopify', message: error.message }
  }
  return { ok: true }
}

/** Those that are not there do no harm. */
export async function deleteMetafields(
  shopify: AdminApi,
  ownerId: string,
  names: readonly Pick<MetafieldEntry, 'namespace' | 'key'>[],
): Promise<WriteMetafieldsResult> {
  for (let from = 0; from < names.length; from += MOST_AT_ONCE) {
    const metafields = names
      .slice(from, from + MOST_AT_ONCE)
      .map(({ namespace, key }) => ({ ownerId, namespace, key }))
    const answer = await shopify.request(MetafieldsDeleteDocument, { metafields })
    if (!answer.ok) return answer
    const [error] = answer.data.metafieldsDelete?.userErrors ?? []
    if (error) return { ok: false, reason: 'refused_by_shopify', message: error.message }
  }
  return { ok: true }
}
