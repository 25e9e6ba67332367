// Whether the story's drops sold exactly what existed: the sandbox's orders and shelves against the pieces that were made, and the books beside them.
import type { ControlClient } from './control-client.ts'
import { STORY_DROPS } from './drop-cast.ts'
import type { Books } from './read-books.ts'
import { PRODUCTS, SHOP } from './story-cast.ts'

export interface DropCounts {
  /** Played to their close. */
  drops: number
  /** Restocks whose units came out of reserve. */
  waves: number
  /** Pieces sold beyond those that existed. */
  oversold: number
  /** Statements about stock and time that shoppers were shown, each in the claim log. */
  claimsLogged: number
}

interface Listed {
  orders: Array<{ lineItems: Array<{ variantId: string | null; quantity: number }> }>
  products: Array<{ handle: string; variants: Array<{ id: string; inventoryItemId: string }> }>
  inventoryLevels: Array<{ inventoryItemId: string; available: number; reserved: number }>
}

/** Also what does not add up, in words. */
export async function countDrops(
  control: ControlClient,
  books: Books,
): Promise<{ counts: DropCounts; problems: string[] }> {
  const [orders, products, levels] = [
    await listAll(control, 'orders'),
    await listAll(control, 'products'),
    await listAll(control, 'inventoryLevels', 'inventory'),
  ]
  const problems: string[] = []
  let sold = 0
  let oversold = 0
  for (const piece of new Set(STORY_DROPS.flatMap(({ pieces }) => pieces))) {
    const [handle = '', index = '0'] = piece.split('/')
    const made = PRODUCTS.find((product) => product.handle === handle)?.stock ?? 0
    const variant = products.find((product) => product.handle === handle)?.variants[Number(index)]
    const units = orders
      .flatMap(({ lineItems }) => lineItems)
      .filter(({ variantId }) => variantId === variant?.id)
      .reduce((sum, { quantity }) => sum + quantity, 0)
    const left = levels
      .filter(({ inventoryItemId }) => inventoryItemId === variant?.inventoryItemId)
      .reduce((sum, { available, reserved }) => sum + available + reserved, 0)
    sold += units
    oversold += Math.max(0, units - made)
    if (units + left !== made) problems.push(`of ${made} ${piece}, ${units} were sold and ${left} are left`)
  }
  const { dropUnits, ...figures } = await books.dropCounts()
  if (sold !== dropUnits)
    problems.push(`drops sold ${sold} pieces, and the books have ${dropUnits} of them in a drop`)
  if (oversold > 0) problems.push(`${oversold} pieces were sold beyond those that existed`)
  for (const [name, count] of Object.entries(figures))
    if (count === 0) problems.push(`${name}: none, though a drop was played`)
  return { counts: { ...figures, oversold }, problems }
}

const A_PAGE = 250

async function listAll<Noun extends keyof Listed>(
  control: ControlClient,
  noun: Noun,
  address: string = noun,
): Promise<Listed[Noun]> {
  const all: unknown[] = []
  for (;;) {
    const page = await control.get<{ total: number } & Listed>(
      `/control/shops/${SHOP.domain}/${address}?limit=${A_PAGE}&offset=${all.length}`,
    )
    all.push(...page[noun])
    if (all.length >= page.total || page[noun].length === 0) return all as Listed[Noun]
  }
}
