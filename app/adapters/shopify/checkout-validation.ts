// The app's checkout validation: one a shop, switched on, with its rules in metafields that the function reads.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { ValidationsDocument } from './generated/operations.ts'

export interface FoundValidation {
  gid: string
  enabled: boolean
  /** What the checkout does when the function itself fails. */
  blocksOnFailure: boolean
}

/** `validation` null: there is none of this function. */
export type FindValidationResult = { ok: true; validation: FoundValidation | null } | AdminRefusal

export async function findValidation(
  shopify: AdminApi,
  functionHandle: string,
): Promise<FindValidationResult> {
  for (let after: string | null = null; ; ) {
    const answer: Awaited<ReturnType<typeof askValidations>> = await askValidations(shopify, after)
    if (!answer.ok) return answer
    const { nodes, pageInfo } = answer.data.validations
    const found = nodes.find(({ shopifyFunction }) => shopifyFunction.handle === functionHandle)
    if (found) {
      const { id: gid, enabled, blockOnFailure: blocksOnFailure } = found
      return { ok: true, validation: { gid, enabled, blocksOnFailure } }
    }
    if (!pageInfo.hasNextPage) return { ok: true, validation: null }
    after = pageInfo.endCursor ?? null
  }
}

function askValidations(shopify: AdminApi, after: string | null) {
  return shopify.request(ValidationsDocument, { after })
}
