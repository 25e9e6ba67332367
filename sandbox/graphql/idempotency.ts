// @idempotent(key:): required where Shopify requires it; the same key with the same input answers what was answered before.
import { GraphQLError, type GraphQLResolveInfo, valueFromASTUntyped } from 'graphql'
import type { GraphqlContext, Resolver } from './resolver.ts'

/** Mutations that Shopify refuses without a key since 2026-04. */
export const KEY_REQUIRED: ReadonlySet<string> = new Set([
  'refundCreate',
  'inventoryActivate',
  'inventoryAdjustQuantities',
  'inventoryMoveQuantities',
  'inventorySetOnHandQuantities',
  'inventorySetQuantities',
  'inventoryShipmentAddItems',
  'inventoryShipmentCreate',
  'inventoryShipmentCreateInTransit',
  'inventoryShipmentReceive',
  'inventoryTransferCreate',
  'inventoryTransferCreateAsReadyToShip',
  'inventoryTransferDuplicate',
  'inventoryTransferSetItems',
])

const KEPT_MS = 24 * 3600 * 1000

/** A JSON-safe record of what a mutation did; `present` turns it into the payload, at first and again later. */
export interface Replayable {
  stored: unknown
  failed: boolean
  present: (stored: never, context: GraphqlContext) => unknown
}

const presenters = new Map<string, Replayable['present']>()

/** A mutation whose outcome can be answered again. `run` acts once; `present` builds the payload from what `run` recorded. */
export function replayable<Args, Stored>(
  name: string,
  run: (args: Args, context: GraphqlContext) => { stored: Stored; failed: boolean },
  present: (stored: Stored, context: GraphqlContext) => unknown,
): Resolver {
  presenters.set(name, present)
  return (_source: unknown, args: Args, context: GraphqlContext) =>
    ({ ...run(args, context), present }) satisfies Replayable
}

/** Runs a mutation's resolver under the rules of the directive. */
export function answerIdempotently(
  resolver: Resolver,
  args: unknown,
  context: GraphqlContext,
  info: GraphQLResolveInfo,
): unknown {
  const name = info.fieldName
  const key = keyOf(info)
  const present = presenters.get(name)
  if (key === undefined) {
    if (KEY_REQUIRED.has(name))
      throw badRequest('The @idempotent directive is required for this mutation but was not provided.')
    const outcome = resolver(undefined, args, context)
    return present ? presentOutcome(outcome as Replayable, context) : outcome
  }
  if (!present) throw badRequest(`The @idempotent directive is not supported on ${name}.`)
  const answers = livingAnswers(context)
  const fingerprint = JSON.stringify(args)
  const earlier = answers[`${name}:${key}`]
  if (earlier) {
    if (earlier.fingerprint !== fingerprint) return mismatch()
    return present(earlier.answer as never, context)
  }
  const outcome = resolver(undefined, args, context) as Replayable
  if (!outcome.failed) {
    answers[`${name}:${key}`] = {
      fingerprint,
      answer: outcome.stored,
      storedAtMs: context.sandbox.clock.now().getTime(),
    }
    context.sandbox.changed()
  }
  return presentOutcome(outcome, context)
}

function presentOutcome(outcome: Replayable, context: GraphqlContext): unknown {
  return outcome.present(outcome.stored as never, context)
}

function keyOf(info: GraphQLResolveInfo): string | undefined {
  const directive = info.fieldNodes[0]?.directives?.find(({ name }) => name.value === 'idempotent')
  const argument = directive?.arguments?.find(({ name }) => name.value === 'key')
  if (!argument) return undefined
  const key = valueFromASTUntyped(argument.value, info.variableValues)
  if (typeof key !== 'string' || key === '' || key.length > 255) {
    throw badRequest('The idempotency key must be a text of 1 to 255 characters.')
  }
  return key
}

function livingAnswers(context: GraphqlContext) {
  const { state, sandbox } = context
  const oldest = sandbox.clock.now().getTime() - KEPT_MS
  const living = Object.entries(state.idempotentAnswers ?? {}).filter(
    ([, answer]) => answer.storedAtMs > oldest,
  )
  const answers = Object.fromEntries(living)
  state.idempotentAnswers = answers
  return answers
}

/** Every payload of these mutations has user errors and nullable results; the code exists where the error type has codes. */
function mismatch(): unknown {
  return {
    order: null,
    refund: null,
    inventoryAdjustmentGroup: null,
    userErrors: [
      {
        field: null,
        code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
        message: 'The same idempotency key cannot be used with different operation parameters.',
      },
    ],
  }
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } })
}
