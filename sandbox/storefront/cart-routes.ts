// The cart: its page, its forms, and the AJAX API that themes call.
import type { Context, Hono } from 'hono'
import { z } from 'zod'
import type { ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { cartOf, keepCart } from './cart-cookie.ts'
import { cartProblems, priceWithFunctions } from './cart-occasion.ts'
import { type Cart, setQuantity } from './cart-store.ts'
import { canSell, findActiveVariant } from './find-variant.ts'
import { cartObject, storefrontRoot } from './liquid-objects.ts'
import { readFields } from './read-fields.ts'
import { renderPage } from './render-page.ts'
import type { ShopRoute } from './router.ts'

const quantity = z.coerce.number().int().min(0).max(9999)
const texts = z.record(z.string(), z.coerce.string().max(2000))
const addition = z.object({
  id: z.coerce.string(),
  quantity: quantity.min(1).default(1),
  properties: texts.default({}),
})
const addBody = z.union([z.object({ items: z.array(addition).min(1) }), addition])
const updateBody = z.object({
  updates: z.union([z.record(z.string(), quantity), z.array(quantity)]).optional(),
  attributes: z.record(z.string(), z.coerce.string().max(2000).nullable()).optional(),
  note: z.string().max(5000).optional(),
})
const changeBody = z.object({
  id: z.coerce.string().optional(),
  line: z.coerce.number().int().min(1).optional(),
  quantity,
})

/** Shopify's error shape of the AJAX API. */
class CartRefusal extends Error {
  constructor(
    readonly status: 400 | 404 | 422,
    readonly description: string,
  ) {
    super(description)
  }
}

export function mountCart(router: Hono, sandbox: Sandbox, route: ShopRoute): void {
  const change = (apply: (state: ShopState, cart: Cart, fields: unknown) => unknown) =>
    route(async (state, context) => {
      const cart = cartOf(sandbox, state, context)
      try {
        const fields = await readFields(context)
        const answer = await changeCart(sandbox, state, cart, (draft) => apply(state, draft, fields))
        keepCart(sandbox, state, context, cart)
        return context.json(answer ?? (await asJson(sandbox, state, cart)))
      } catch (error) {
        return refusalJson(context, error)
      }
    })
  const base = '/storefront/:handle/cart'
  const getCart = route(async (state, context) =>
    context.json(await asJson(sandbox, state, cartOf(sandbox, state, context))),
  )
  for (const path of [`${base}.js`, `${base}.json`]) router.get(path, getCart)
  router.post(
    `${base}/add.js`,
    change((state, cart, fields) => addItems(sandbox, state, cart, fields)),
  )
  router.post(
    `${base}/update.js`,
    change((state, cart, fields) => void updateCart(sandbox, state, cart, fields)),
  )
  router.post(
    `${base}/change.js`,
    change((state, cart, fields) => void changeLine(sandbox, state, cart, fields)),
  )
  router.post(
    `${base}/clear.js`,
    change((_state, cart) => {
      cart.lines = []
    }),
  )
  mountCartPages(router, sandbox, route, base)
}

function mountCartPages(router: Hono, sandbox: Sandbox, route: ShopRoute, base: string): void {
  const show = async (state: ShopState, context: Context, cart: Cart, notice = '') =>
    context.html(
      await renderPage(sandbox, state, cart, {
        template: 'cart',
        title: 'Your bag',
        path: '/cart',
        scope: { notice },
      }),
      notice ? 422 : 200,
    )
  const submit = (apply: (state: ShopState, cart: Cart, fields: unknown) => unknown) =>
    route(async (state, context) => {
      const cart = cartOf(sandbox, state, context)
      const fields = await readFields(context)
      try {
        await changeCart(sandbox, state, cart, (draft) => apply(state, draft, fields))
      } catch (error) {
        if (!(error instanceof CartRefusal) && !(error instanceof z.ZodError)) throw error
        return show(
          state,
          context,
          cart,
          error instanceof CartRefusal ? error.description : 'That is no quantity.',
        )
      }
      keepCart(sandbox, state, context, cart)
      const target = 'checkout' in fields ? '/checkout' : returnPath(state, fields.return_to)
      return context.redirect(`${storefrontRoot(state)}${target}`, 303)
    })
  router.get(
    base,
    route((state, context) => show(state, context, cartOf(sandbox, state, context))),
  )
  router.post(
    base,
    submit((state, cart, fields) => updateCart(sandbox, state, cart, fields)),
  )
  router.post(
    `${base}/update`,
    submit((state, cart, fields) => updateCart(sandbox, state, cart, fields)),
  )
  router.post(
    `${base}/add`,
    submit((state, cart, fields) => addItems(sandbox, state, cart, fields)),
  )
}

/** `return_to` of a form, if it stays in this store; else the cart. */
function returnPath(state: ShopState, wanted: unknown): string {
  const root = storefrontRoot(state)
  return typeof wanted === 'string' && wanted.startsWith(`${root}/`) ? wanted.slice(root.length) : '/cart'
}

async function asJson(sandbox: Sandbox, state: ShopState, cart: Cart) {
  return cartObject(state, cart, await priceWithFunctions(sandbox, state, cart))
}

/** Makes the change on a copy. What asks for more must pass the app's validations; less, a note or an attribute is always let through. */
async function changeCart(
  sandbox: Sandbox,
  state: ShopState,
  cart: Cart,
  apply: (draft: Cart) => unknown,
): Promise<unknown> {
  const draft = structuredClone(cart)
  const answer = await apply(draft)
  const piecesIn = ({ lines }: Cart, id: string) =>
    lines.reduce((sum, line) => sum + (line.variantId === id ? line.quantity : 0), 0)
  const asksForMore = draft.lines.some(
    ({ variantId }) => piecesIn(draft, variantId) > piecesIn(cart, variantId),
  )
  const problems = asksForMore ? await cartProblems(sandbox, state, draft) : []
  if (problems.length > 0) throw new CartRefusal(422, problems.join(' '))
  Object.assign(cart, draft)
  delete cart.draftOrderId
  return answer
}

async function addItems(sandbox: Sandbox, state: ShopState, cart: Cart, fields: unknown) {
  const body = addBody.parse(fields)
  const items = 'items' in body ? body.items : [body]
  for (const item of items) {
    const found = findActiveVariant(state, item.id, sandbox.clock.now())
    if (!found) throw new CartRefusal(404, `Cannot find variant ${item.id}`)
    const inCart = cart.lines.find((line) => line.variantId === item.id)?.quantity ?? 0
    checkQuantity(sandbox, state, item.id, inCart + item.quantity)
  }
  for (const item of items) {
    const line = cart.lines.find((candidate) => candidate.variantId === item.id)
    if (line) line.quantity += item.quantity
    else cart.lines.push({ variantId: item.id, quantity: item.quantity, properties: item.properties })
  }
  const wanted = new Set(items.map((item) => Number(item.id)))
  const { items: all } = await asJson(sandbox, state, cart)
  const added = all.filter((item) => wanted.has(item.id))
  return 'items' in body ? { items: added } : added[0]
}

function updateCart(sandbox: Sandbox, state: ShopState, cart: Cart, fields: unknown): void {
  const body = updateBody.parse(fields)
  const updates = Array.isArray(body.updates)
    ? body.updates.flatMap((value, index): Array<[string, number]> => {
        const line = cart.lines[index]
        return line ? [[line.variantId, value]] : []
      })
    : Object.entries(body.updates ?? {})
  for (const [id, value] of updates) checkQuantity(sandbox, state, id, value)
  for (const [id, value] of updates) setQuantity(cart, id, value)
  for (const [key, value] of Object.entries(body.attributes ?? {})) {
    if (value === null || value === '') delete cart.attributes[key]
    else cart.attributes[key] = value
  }
  if (body.note !== undefined) cart.note = body.note
}

function changeLine(sandbox: Sandbox, state: ShopState, cart: Cart, fields: unknown): void {
  const body = changeBody.parse(fields)
  const id = body.line ? cart.lines[body.line - 1]?.variantId : body.id?.split(':')[0]
  if (!id || !cart.lines.some((line) => line.variantId === id))
    throw new CartRefusal(400, 'no valid id or line parameter')
  checkQuantity(sandbox, state, id, body.quantity)
  setQuantity(cart, id, body.quantity)
}

function checkQuantity(sandbox: Sandbox, state: ShopState, variantId: string, wanted: number): void {
  const found = findActiveVariant(state, variantId, sandbox.clock.now())
  if (!found || wanted === 0 || canSell(state, found.variant, wanted)) return
  throw new CartRefusal(422, `${found.product.title} is not available in this quantity.`)
}

function refusalJson(context: Context, error: unknown): Response {
  if (error instanceof CartRefusal) {
    const { status, description } = error
    return context.json({ status, message: 'Cart Error', description }, status)
  }
  if (error instanceof z.ZodError) {
    const [issue] = error.issues
    const description = `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`
    return context.json({ status: 400, message: 'Bad Request', description }, 400)
  }
  throw error
}
