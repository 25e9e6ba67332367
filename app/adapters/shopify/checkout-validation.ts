// The app's checkout validation: one a shop, switched on, with its rules in metafields that the function reads.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import type { MetafieldEntry } from './app-metafields.ts'
import {
  ValidationCreateDocument,
  ValidationsDocument,
  ValidationUpdateDocument,
} from './generated/operations.ts'

export interface FoundValidation {
  gid: string
  enabled: boolean
  /** What the checkout does when the function itself fails. */
  blocksOnFailure: boolean
  /** JSON of the rules that it has now; null: none yet. */
  rules: string | null
  /** JSON of its windows. */
  windows: string | null
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
      const values = { rules: found.rules?.value ?? null, windows: found.windows?.value ?? null }
      return { ok: true, validation: { gid, enabled, blocksOnFailure, ...values } }
    }
    if (!pageInfo.hasNextPage) return { ok: true, validation: null }
    after = pageInfo.endCursor ?? null
  }
}

function askValidations(shopify: AdminApi, after: string | null) {
  return shopify.request(ValidationsDocument, { after })
}

export type SaveValidationResult =
  | { ok: true; validationGid: string }
  | { ok: false; reason: 'refused_by_shopify'; code: string | null; message: string }
  | AdminRefusal

/** Makes the validation or changes it: on, blocking when it fails, with these metafields. */
export async function saveValidation(
  shopify: AdminApi,
  known: FoundValidation | null,
  given: { functionHandle: string; title: string; metafields: MetafieldEntry[] },
): Promise<SaveValidationResult> {
  const { title, metafields } = given
  // What an update leaves out is switched off.
  const validation = { title, metafields, enable: true, blockOnFailure: true }
  if (known) {
    const answer = await shopify.request(ValidationUpdateDocument, { id: known.gid, validation })
    if (!answer.ok) return answer
    return outcomeOf(answer.data.validationUpdate)
  }
  const { functionHandle } = given
  const answer = await shopify.request(ValidationCreateDocument, {
    validation: { ...validation, functionHandle },
  })
  if (!answer.ok) return answer
  return outcomeOf(answer.data.validationCreate)
}

function outcomeOf(
  payload:
    | {
        validation?: { id: string } | null
        userErrors: Array<{ code?: string | null; message: string }>
      }
    | null
    | undefined,
): SaveValidationResult {
  const [error] = payload?.userErrors ?? []
  if (error)
    return { ok: false, reason: 'refused_by_shopify', code: error.code ?? null, message: error.message }
  if (!payload?.validation)
    return { ok: false, reason: 'refused_by_shopify', code: null, message: 'Shopify made no validation.' }
  return { ok: true, validationGid: payload.validation.id }
}
