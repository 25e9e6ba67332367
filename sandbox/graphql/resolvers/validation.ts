// Cart and checkout validations. Their inputs default to "off": an update that leaves a switch out turns it off.
import type { Validation } from '#sandbox/state/nouns.ts'
import { compareIds, connect, type PageArgs } from '../connection.ts'
import { gid, idOf } from '../gid.ts'
import { fields, type GraphqlContext, notImplemented, plain, type Resolvers } from '../resolver.ts'
import { metafieldFields } from './metafield.ts'
import { type OwnMetafieldInput, ownMetafieldProblems, setOwnMetafields } from './own-metafields.ts'
import { functionsOf, pickFunction } from './shopify-function.ts'

const MOST_ENABLED = 25

interface ValidationInput {
  enable?: boolean | null
  blockOnFailure?: boolean | null
  title?: string | null
  metafields?: OwnMetafieldInput[] | null
  functionHandle?: string | null
  functionId?: string | null
}

interface Problem {
  field: string[]
  code: string
  message: string
}

function validationsOf({ state }: GraphqlContext): Record<string, Validation> {
  state.validations ??= {}
  return state.validations
}

export function findValidation(context: GraphqlContext, id: string): Validation | null {
  return validationsOf(context)[id] ?? null
}

const MESSAGES: Record<string, string> = {
  MISSING_FUNCTION_IDENTIFIER: 'Either function_id or function_handle must be provided.',
  MULTIPLE_FUNCTION_IDENTIFIERS: 'Only one of function_id or function_handle can be provided, not both.',
  FUNCTION_NOT_FOUND: 'Extension not found.',
}

function problemsOf(context: GraphqlContext, input: ValidationInput, self: Validation | null): Problem[] {
  const problems: Problem[] = ownMetafieldProblems(input.metafields ?? []).map(
    ({ field, code, message }) => ({
      field: ['validation', ...field],
      code,
      message,
    }),
  )
  if (input.title != null && input.title.length > 255) {
    problems.push({
      field: ['validation', 'title'],
      code: 'TOO_LONG',
      message: 'Title is too long (maximum is 255 characters)',
    })
  }
  const others = Object.values(validationsOf(context)).filter(({ id, enabled }) => enabled && id !== self?.id)
  if (input.enable && others.length >= MOST_ENABLED) {
    const message = 'Cannot have more than 25 active validation functions.'
    problems.push({ field: ['validation', 'enable'], code: 'MAX_VALIDATIONS_ACTIVATED', message })
  }
  return problems
}

function createValidation({ validation: input }: { validation: ValidationInput }, context: GraphqlContext) {
  const picked = pickFunction(context, input)
  if (!picked.ok) {
    const code = picked.reason === 'NOT_FOUND' ? 'FUNCTION_NOT_FOUND' : picked.reason
    const field = ['validation', input.functionId ? 'functionId' : 'functionHandle']
    return { validation: null, userErrors: [{ field, code, message: MESSAGES[code] ?? code }] }
  }
  if (picked.found.apiType !== 'cart_checkout_validation') {
    const message = 'Function does not implement the required interface for this cart & checkout validation.'
    const userErrors = [
      { field: ['validation', 'functionHandle'], code: 'FUNCTION_DOES_NOT_IMPLEMENT', message },
    ]
    return { validation: null, userErrors }
  }
  const problems = problemsOf(context, input, null)
  if (problems.length > 0) return { validation: null, userErrors: problems }
  const validation: Validation = {
    id: context.sandbox.nextId('validation'),
    title: input.title ?? picked.found.title,
    functionHandle: picked.found.handle,
    enabled: input.enable ?? false,
    blockOnFailure: input.blockOnFailure ?? false,
  }
  validationsOf(context)[validation.id] = validation
  setOwnMetafields(context, gid('Validation', validation.id), input.metafields ?? [])
  context.sandbox.changed()
  return { validation, userErrors: [] }
}

function updateValidation(
  { id, validation: input }: { id: string; validation: ValidationInput },
  context: GraphqlContext,
) {
  const validation = findValidation(context, idOf(id, 'Validation'))
  if (!validation) return { validation: null, userErrors: [missing()] }
  const problems = problemsOf(context, input, validation)
  if (problems.length > 0) return { validation: null, userErrors: problems }
  validation.enabled = input.enable ?? false
  validation.blockOnFailure = input.blockOnFailure ?? false
  if (input.title != null) validation.title = input.title
  setOwnMetafields(context, id, input.metafields ?? [])
  context.sandbox.changed()
  return { validation, userErrors: [] }
}

function missing(): Problem {
  return { field: ['id'], code: 'NOT_FOUND', message: 'Validation not found.' }
}

export const validationResolvers: Resolvers = {
  QueryRoot: fields({
    validation: (_root, { id }: { id: string }, context: GraphqlContext) =>
      findValidation(context, idOf(id, 'Validation')),
    validations: (_root, args: PageArgs & { sortKey?: string }, context) => {
      if (args.sortKey && args.sortKey !== 'ID') throw notImplemented(`sort key ${args.sortKey}`)
      const all = Object.values(validationsOf(context)).sort((a, b) => compareIds(a.id, b.id))
      return connect(
        all,
        args,
        ({ id }) => ({ value: '', id }),
        (validation) => validation,
      )
    },
  }),
  Mutation: fields({
    validationCreate: (_root, args: { validation: ValidationInput }, context) =>
      createValidation(args, context),
    validationUpdate: (_root, args: { id: string; validation: ValidationInput }, context) =>
      updateValidation(args, context),
    validationDelete: (_root, { id }: { id: string }, context) => {
      const key = idOf(id, 'Validation')
      if (!findValidation(context, key)) return { deletedId: null, userErrors: [missing()] }
      delete validationsOf(context)[key]
      delete context.state.ownerMetafields?.[gid('Validation', key)]
      context.sandbox.changed()
      return { deletedId: id, userErrors: [] }
    },
  }),
  Validation: fields<Validation>({
    ...plain<Validation>('title', 'enabled', 'blockOnFailure'),
    ...metafieldFields((validation: Validation) => gid('Validation', validation.id)),
    id: ({ id }) => gid('Validation', id),
    shopifyFunction: ({ functionHandle }, _args, context) => {
      const found = functionsOf(context).find(({ handle }) => handle === functionHandle)
      if (!found) throw new Error(`sandbox: the app has no function ${functionHandle} any more`)
      return found
    },
    errorHistory: () => null,
  }),
}
