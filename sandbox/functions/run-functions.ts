// The app's functions at work in a shop: what its validations say of a cart, and what its automatic discounts take off.

import type { AutomaticOffer } from '#sandbox/commerce/combine-discounts.ts'
import { parseMoney, parseRatio, scale } from '#sandbox/commerce/money.ts'
import type { AutomaticDiscount, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { bundleFunction } from './bundle-function.ts'
import { type FunctionExtension, readFunctionExtensions } from './function-extensions.ts'
import { buildFunctionInput, type FunctionOwner, type Occasion } from './function-input.ts'
import { readOutput } from './function-schema.ts'
import { loadEngine, runBundle } from './run-in-quickjs.ts'

/** What a buyer reads when a validation fails that was installed to block on failure. */
export const FAILURE_MESSAGE = 'This order could not be checked. Please try again in a moment.'
const MOST_REMEMBERED = 200

export interface RememberedRun {
  shop: string
  handle: string
  ok: boolean
  /** Why it failed; otherwise how many operations it asked for. */
  message: string
  at: string
}

const remembered = new WeakMap<Sandbox, RememberedRun[]>()

/** The last runs, newest first. */
export function functionRunsOf(sandbox: Sandbox): readonly RememberedRun[] {
  return remembered.get(sandbox) ?? []
}

/** What stands against the cart; none: nothing does. */
export async function validationErrors(
  sandbox: Sandbox,
  state: ShopState,
  occasion: Occasion,
): Promise<string[]> {
  const validations = Object.values(state.validations ?? {}).filter(({ enabled }) => enabled)
  if (validations.length === 0 || !state.shop.installation || occasion.lines.length === 0) return []
  await loadEngine()
  const messages = validations.flatMap((validation) => {
    const owner: FunctionOwner = { type: 'Validation', id: validation.id }
    const output = runOne(sandbox, state, validation.functionHandle, owner, occasion)
    if (!output) return validation.blockOnFailure ? [FAILURE_MESSAGE] : []
    const operations = output.operations as Array<{
      validationAdd?: { errors: Array<{ message: string }> }
    }>
    return operations.flatMap(
      ({ validationAdd }) => validationAdd?.errors.map(({ message }) => message) ?? [],
    )
  })
  return [...new Set(messages)]
}

/** What each running automatic discount takes off which line, in minor units. A function that fails gives nothing. */
export async function automaticOffers(
  sandbox: Sandbox,
  state: ShopState,
  occasion: Occasion,
): Promise<AutomaticOffer[]> {
  const now = sandbox.clock.now().getTime()
  const running = Object.values(state.automaticDiscounts ?? {}).filter(
    ({ status, startsAt, endsAt }) =>
      status === 'ACTIVE' && Date.parse(startsAt) <= now && (endsAt === null || Date.parse(endsAt) > now),
  )
  if (running.length === 0 || !state.shop.installation || occasion.lines.length === 0) return []
  await loadEngine()
  return running.flatMap((discount) => {
    const owner: FunctionOwner = {
      type: 'DiscountAutomaticNode',
      id: discount.id,
      discountClasses: discount.classes,
    }
    const output = runOne(sandbox, state, discount.functionHandle, owner, occasion)
    return output ? offersOf(state, discount, output, occasion) : []
  })
}

interface DiscountOperation {
  productDiscountsAdd?: { selectionStrategy: string; candidates: Candidate[] }
}

interface Candidate {
  message?: string | null
  targets: Array<{ cartLine?: { id: string; quantity?: number | null } | null }>
  prerequisites?: unknown
  value: {
    percentage?: { value: string } | null
    fixedAmount?: { amount: string; appliesToEachItem?: boolean | null } | null
  }
}

function offersOf(
  state: ShopState,
  discount: AutomaticDiscount,
  output: Record<string, unknown>,
  occasion: Occasion,
): AutomaticOffer[] {
  return (output.operations as DiscountOperation[]).flatMap(({ productDiscountsAdd, ...others }) => {
    if (!productDiscountsAdd || Object.values(others).some((value) => value != null))
      throw new Error('sandbox: of discount operations only productDiscountsAdd is implemented')
    return productDiscountsAdd.candidates.map((candidate) => ({
      discountId: discount.id,
      title: candidate.message || discount.title,
      combines: discount.combinesWith.productDiscounts,
      amounts: occasion.lines.map((line) => amountOff(state, candidate, line)),
    }))
  })
}

function amountOff(state: ShopState, candidate: Candidate, line: Occasion['lines'][number]): bigint {
  const { currency } = state.shop
  const target = candidate.targets.find(({ cartLine }) => cartLine?.id.endsWith(`/${line.id}`))
  if (!target) return 0n
  const { percentage, fixedAmount } = candidate.value
  if (
    candidate.prerequisites ||
    target.cartLine?.quantity != null ||
    (fixedAmount && !fixedAmount.appliesToEachItem)
  )
    throw new Error(
      'sandbox: discounts with prerequisites, of some units or across lines are not implemented',
    )
  const unitPrice = parseMoney(line.variant.price, currency) ?? 0n
  const worth = unitPrice * BigInt(line.quantity)
  if (percentage) {
    const ratio = parseRatio(String(percentage.value))
    return ratio ? scale(worth, ratio.numerator, ratio.denominator * 100n) : 0n
  }
  const each = parseMoney(String(fixedAmount?.amount ?? '0'), currency) ?? 0n
  const off = each * BigInt(line.quantity)
  return off > worth ? worth : off
}

function runOne(
  sandbox: Sandbox,
  state: ShopState,
  handle: string,
  owner: FunctionOwner,
  occasion: Occasion,
): Record<string, unknown> | null {
  try {
    const extension = extensionOf(sandbox, handle)
    const input = buildFunctionInput(extension, { sandbox, state, occasion, owner })
    const run = runBundle(bundleFunction(extension), input)
    if (!run.ok) throw new Error(`${run.reason}: ${run.message}`)
    const output = readOutput(extension, run.output) as Record<string, unknown>
    remember(sandbox, state, handle, true, `${(output.operations as unknown[]).length} operations`)
    return output
  } catch (error) {
    // To Shopify a failed function is an event of the shop, not an error of the page; the control API shows it.
    remember(sandbox, state, handle, false, (error as Error).message)
    return null
  }
}

function extensionOf(sandbox: Sandbox, handle: string): FunctionExtension {
  const found = readFunctionExtensions(sandbox.options.appTomlPath).find((one) => one.handle === handle)
  if (!found) throw new Error(`The app has no function ${handle}.`)
  return found
}

function remember(sandbox: Sandbox, state: ShopState, handle: string, ok: boolean, message: string): void {
  const run = { shop: state.shop.domain, handle, ok, message, at: sandbox.clock.now().toISOString() }
  remembered.set(sandbox, [run, ...functionRunsOf(sandbox)].slice(0, MOST_REMEMBERED))
}
