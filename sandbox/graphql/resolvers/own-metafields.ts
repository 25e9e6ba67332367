// Metafields given inside the input that creates or changes their owner (validations, app discounts).
import { overwriteMetafield } from '#sandbox/functions/function-config.ts'
import { expandAppNamespace } from '../app-identity.ts'
import type { GraphqlContext } from '../resolver.ts'
import { metafieldsOf } from './metafield.ts'
import { isValueOf, KNOWN_TYPES } from './metafield-values.ts'

export interface OwnMetafieldInput {
  id?: string | null
  namespace?: string | null
  key?: string | null
  type?: string | null
  value?: string | null
}

interface Problem {
  field: string[]
  code: string
  message: string
}

/** What is wrong with them; fields start at "metafields". */
export function ownMetafieldProblems(inputs: OwnMetafieldInput[]): Problem[] {
  return inputs.flatMap((input, index) => {
    const problem = (field: string, code: string, message: string): Problem[] => [
      { field: ['metafields', String(index), field], code, message },
    ]
    if (!input.key || input.key.length < 2)
      return problem('key', 'TOO_SHORT', 'Key is too short (minimum is 2 characters)')
    if (input.key.length > 64) return problem('key', 'TOO_LONG', 'Key is too long (maximum is 64 characters)')
    if (!input.type) return problem('type', 'BLANK', "Type can't be blank")
    if (!KNOWN_TYPES.test(input.type))
      return problem('type', 'INCLUSION', 'Type is not a known metafield type')
    if (!input.value) return problem('value', 'BLANK', "Value can't be blank.")
    if (!isValueOf(input.type, input.value))
      return problem('value', 'INVALID_VALUE', `Value is invalid for type '${input.type}'.`)
    return []
  })
}

/** Adds or overwrites; what is not named stays. */
export function setOwnMetafields(
  context: GraphqlContext,
  ownerId: string,
  inputs: OwnMetafieldInput[],
): void {
  const list = metafieldsOf(context.state, ownerId)
  for (const input of inputs) {
    const namespace = expandAppNamespace(input.namespace)
    const existing = list.find((one) => one.namespace === namespace && one.key === input.key)
    if (existing) {
      overwriteMetafield(context.sandbox, existing, input.value ?? '')
      continue
    }
    list.push({
      id: context.sandbox.nextId('metafield'),
      namespace,
      key: input.key ?? '',
      type: input.type ?? '',
      value: input.value ?? '',
    })
  }
}
