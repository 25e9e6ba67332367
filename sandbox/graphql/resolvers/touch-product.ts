import { parseGid } from '../gid.ts'
import type { GraphqlContext } from '../resolver.ts'

/** A product whose own data or metafields changed: its time moves and products/update goes out. Other ids are left alone. */
export function touchProduct({ sandbox, state, shopDomain }: GraphqlContext, globalId: string): void {
  const target = parseGid(globalId)
  const product = target?.type === 'Product' ? state.products[target.id] : undefined
  if (!product) return
  product.updatedAt = sandbox.clock.now().toISOString()
  sandbox.emit({
    shop: shopDomain,
    topic: 'products/update',
    resourceId: product.id,
    happenedAt: product.updatedAt,
    detail: {},
  })
}
