// Automatic discounts of the app: created, changed, switched, deleted, and what Shopify says against it.
import type { AutomaticDiscount } from '#sandbox/state/nouns.ts'
import { gid, idOf } from '../gid.ts'
import {
  fields,
  type GraphqlContext,
  notImplemented,
  type Resolver,
  type Resolvers,
  refuseUnsupported,
} from '../resolver.ts'
import { AUTOMATIC_DISCOUNT_GIDS } from './discount.ts'
import { type OwnMetafieldInput, ownMetafieldProblems, setOwnMetafields } from './own-metafields.ts'
import { pickFunction } from './shopify-function.ts'

const MOST_ACTIVE = 25
const SUPPORTED = [
  'title',
  'functionHandle',
  'functionId',
  'startsAt',
  'endsAt',
  'discountClasses',
  'combinesWith',
  'context',
  'metafields',
  'appliesOnOneTimePurchase',
  'appliesOnSubscription',
]

interface AppInput {
  title?: string | null
  functionHandle?: string | null
  functionId?: string | null
  startsAt?: string | null
  endsAt?: string | null
  discountClasses?: AutomaticDiscount['classes'] | null
  combinesWith?: Partial<AutomaticDiscount['combinesWith']> | null
  context?: Record<string, unknown> | null
  metafields?: OwnMetafieldInput[] | null
  appliesOnOneTimePurchase?: boolean | null
  appliesOnSubscription?: boolean | null
  recurringCycleLimit?: number | null
}

interface Problem {
  field: string[]
  code: string
  message: string
  extraInfo: null
}

function problem(field: string, code: string, message: string): Problem {
  return { field: ['automaticAppDiscount', ...field.split('.')], code, message, extraInfo: null }
}

function discountsOf({ state }: GraphqlContext): Record<string, AutomaticDiscount> {
  state.automaticDiscounts ??= {}
  return state.automaticDiscounts
}

function find(context: GraphqlContext, globalId: string): AutomaticDiscount | undefined {
  return discountsOf(context)[idOf(globalId, ...AUTOMATIC_DISCOUNT_GIDS)]
}

function missing(): Problem {
  return { field: ['id'], code: 'INVALID', message: 'Discount does not exist.', extraInfo: null }
}

function refuseOtherKinds(input: AppInput): void {
  const { recurringCycleLimit, ...rest } = input
  // 1 is the schema's own default.
  if (recurringCycleLimit != null && recurringCycleLimit !== 1)
    throw notImplemented('input DiscountAutomaticAppInput.recurringCycleLimit')
  refuseUnsupported(rest, SUPPORTED, 'DiscountAutomaticAppInput')
  if (input.combinesWith) {
    const known = ['orderDiscounts', 'productDiscounts', 'shippingDiscounts']
    refuseUnsupported(input.combinesWith, known, 'DiscountCombinesWithInput')
  }
  if (input.context && input.context.all !== 'ALL')
    throw notImplemented('input DiscountAutomaticAppInput.context other than all')
}

/** `self`: the discount that is changed; what an update leaves out stays as it is. */
function problemsOf(context: GraphqlContext, input: AppInput, self: AutomaticDiscount | null): Problem[] {
  const problems: Problem[] = ownMetafieldProblems(input.metafields ?? []).map(({ field, code, message }) =>
    problem(field.join('.'), code, message),
  )
  const title = input.title ?? self?.title
  const startsAt = input.startsAt ?? self?.startsAt
  const endsAt = input.endsAt === undefined ? self?.endsAt : input.endsAt
  if (!title?.trim()) problems.push(problem('title', 'BLANK', "Title can't be blank"))
  else if (title.length > 255)
    problems.push(problem('title', 'TOO_LONG', 'Title is too long (maximum is 255 characters)'))
  if (!startsAt) problems.push(problem('startsAt', 'BLANK', "Starts at can't be blank"))
  else if (endsAt && Date.parse(endsAt) <= Date.parse(startsAt))
    problems.push(problem('endsAt', 'END_DATE_BEFORE_START_DATE', 'Ends at needs to be after starts_at'))
  if ((input.discountClasses ?? self?.classes ?? []).length === 0)
    problems.push(problem('discountClasses', 'BLANK', "Discount classes can't be blank"))
  const active = Object.values(discountsOf(context)).filter(({ status }) => status === 'ACTIVE')
  if (!self && active.length >= MOST_ACTIVE)
    problems.push(
      problem('base', 'MAX_APP_DISCOUNTS', `Shop cannot have more than ${MOST_ACTIVE} active app discounts`),
    )
  return problems
}

function functionProblem(context: GraphqlContext, input: AppInput): Problem | string {
  const field = input.functionId ? 'functionId' : 'functionHandle'
  const picked = pickFunction(context, input)
  if (picked.ok) {
    if (picked.found.apiType === 'discount') return picked.found.handle
    return problem(field, 'INVALID', 'Function does not implement the required interface for discounts.')
  }
  if (picked.reason === 'NOT_FOUND')
    return problem(
      field,
      'INVALID',
      `Function ${input.functionHandle ?? input.functionId} not found. Ensure that it is released in the current app.`,
    )
  return problem(field, picked.reason, 'Exactly one of functionHandle and functionId must be given.')
}

function iso(text: string): string {
  return new Date(text).toISOString()
}

const create: Resolver = (
  _root,
  { automaticAppDiscount: input }: { automaticAppDiscount: AppInput },
  context: GraphqlContext,
) => {
  refuseOtherKinds(input)
  const handle = functionProblem(context, input)
  const problems = problemsOf(context, input, null)
  if (typeof handle !== 'string') problems.unshift(handle)
  if (problems.length > 0 || typeof handle !== 'string')
    return { automaticAppDiscount: null, userErrors: problems }
  const now = context.sandbox.clock.now().toISOString()
  const discount: AutomaticDiscount = {
    id: context.sandbox.nextId('discount'),
    title: input.title ?? '',
    functionHandle: handle,
    startsAt: iso(input.startsAt ?? now),
    endsAt: input.endsAt ? iso(input.endsAt) : null,
    status: 'ACTIVE',
    classes: input.discountClasses ?? [],
    combinesWith: {
      orderDiscounts: false,
      productDiscounts: false,
      shippingDiscounts: false,
      ...input.combinesWith,
    },
    appliesOnOneTimePurchase: input.appliesOnOneTimePurchase ?? true,
    appliesOnSubscription: input.appliesOnSubscription ?? true,
    usageCount: 0,
    createdAt: now,
    updatedAt: now,
  }
  discountsOf(context)[discount.id] = discount
  setOwnMetafields(context, gid('DiscountAutomaticNode', discount.id), input.metafields ?? [])
  context.sandbox.changed()
  return { automaticAppDiscount: discount, userErrors: [] }
}

const update: Resolver = (
  _root,
  { id, automaticAppDiscount: input }: { id: string; automaticAppDiscount: AppInput },
  context: GraphqlContext,
) => {
  refuseOtherKinds(input)
  const discount = find(context, id)
  if (!discount) return { automaticAppDiscount: null, userErrors: [missing()] }
  const problems = problemsOf(context, input, discount)
  const handle =
    input.functionHandle || input.functionId ? functionProblem(context, input) : discount.functionHandle
  if (typeof handle !== 'string') problems.unshift(handle)
  if (problems.length > 0 || typeof handle !== 'string')
    return { automaticAppDiscount: null, userErrors: problems }
  discount.functionHandle = handle
  discount.title = input.title ?? discount.title
  if (input.startsAt) discount.startsAt = iso(input.startsAt)
  if (input.endsAt !== undefined) discount.endsAt = input.endsAt ? iso(input.endsAt) : null
  discount.classes = input.discountClasses ?? discount.classes
  discount.combinesWith = { ...discount.combinesWith, ...input.combinesWith }
  discount.appliesOnOneTimePurchase = input.appliesOnOneTimePurchase ?? discount.appliesOnOneTimePurchase
  discount.appliesOnSubscription = input.appliesOnSubscription ?? discount.appliesOnSubscription
  discount.updatedAt = context.sandbox.clock.now().toISOString()
  setOwnMetafields(context, gid('DiscountAutomaticNode', discount.id), input.metafields ?? [])
  context.sandbox.changed()
  return { automaticAppDiscount: discount, userErrors: [] }
}

/** Switching changes the dates, as Shopify does: on means started and without an end that is past, off means ended now. */
function switchOn(isOn: boolean): Resolver {
  return (_root, { id }: { id: string }, context: GraphqlContext) => {
    const discount = find(context, id)
    if (!discount) return { automaticDiscountNode: null, userErrors: [missing()] }
    const now = context.sandbox.clock.now().toISOString()
    discount.status = isOn ? 'ACTIVE' : 'EXPIRED'
    if (isOn && discount.startsAt > now) discount.startsAt = now
    if (isOn && discount.endsAt !== null && discount.endsAt <= now) discount.endsAt = null
    if (!isOn) discount.endsAt = now
    discount.updatedAt = now
    context.sandbox.changed()
    return { automaticDiscountNode: discount, userErrors: [] }
  }
}

export const automaticDiscountMutations: Resolvers = {
  Mutation: fields({
    discountAutomaticAppCreate: create,
    discountAutomaticAppUpdate: update,
    discountAutomaticActivate: switchOn(true),
    discountAutomaticDeactivate: switchOn(false),
    discountAutomaticDelete: (_root, { id }: { id: string }, context: GraphqlContext) => {
      const discount = find(context, id)
      if (!discount) return { deletedAutomaticDiscountId: null, userErrors: [missing()] }
      delete discountsOf(context)[discount.id]
      delete context.state.ownerMetafields?.[gid('DiscountAutomaticNode', discount.id)]
      context.sandbox.changed()
      return { deletedAutomaticDiscountId: gid('DiscountAutomaticNode', discount.id), userErrors: [] }
    },
  }),
}
