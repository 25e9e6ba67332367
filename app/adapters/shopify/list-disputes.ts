// Which disputes were opened since a moment, and where each stands.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { DisputesPageDocument } from './generated/operations.ts'
import { numberOfGid } from './gid.ts'

export interface DisputeStanding {
  disputeId: bigint
  /** chargeback | inquiry */
  type: string
  /** As in FetchedDispute. */
  status: string
}

export type ListDisputesResult = { ok: true; disputes: DisputeStanding[] } | AdminRefusal

const PER_PAGE = 100

export async function listDisputesSince(shopify: AdminApi, since: Date): Promise<ListDisputesResult> {
  const search = `initiated_at:>='${since.toISOString()}'`
  const disputes: DisputeStanding[] = []
  let after: string | null = null
  for (;;) {
    const answer: Awaited<ReturnType<typeof askPage>> = await askPage(shopify, search, after)
    if (!answer.ok) return answer
    const { nodes, pageInfo } = answer.data.disputes
    for (const { id, type, status } of nodes)
      disputes.push({
        disputeId: numberOfGid(id),
        type: type.toLowerCase(),
        status: status.toLowerCase(),
      })
    if (!pageInfo.hasNextPage) return { ok: true, disputes }
    after = pageInfo.endCursor
  }
}

function askPage(shopify: AdminApi, search: string, after: string | null) {
  return shopify.request(DisputesPageDocument, { search, first: PER_PAGE, after })
}
