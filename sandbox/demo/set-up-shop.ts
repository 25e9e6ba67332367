// The boutique before the app comes: pieces with stock, collections, regular customers.
import type { ControlClient } from './control-client.ts'
import { COLLECTIONS, CUSTOMER_NAMES, PRODUCTS, SHOP } from './story-cast.ts'

/** Numeric ids by the names that the story uses. */
export interface ShopIds {
  products: Map<string, string>
  /** By product handle, in the story's order. */
  variants: Map<string, string[]>
  /** In the order of CUSTOMER_NAMES. */
  customers: string[]
}

interface Created {
  product: { id: string; variants: Array<{ id: string }> }
  customer: { id: string }
}

/** Enough for every year that a seed may tell. */
const STOCK = 900

export async function setUpShop(control: ControlClient): Promise<ShopIds> {
  const path = `/control/shops/${SHOP.domain}`
  await control.call('/control/shops', { ...SHOP, locations: ['Atelier', 'Paper Street shop'] })
  const products = await control.batch<Created>(
    PRODUCTS.map((product, index) => ({
      path: `${path}/products`,
      body: {
        title: product.title,
        handle: product.handle,
        descriptionHtml: `<p>${product.description}</p>`,
        vendor: SHOP.name,
        productType: product.productType,
        tags: product.tags,
        variants: product.variants.map((title, variant) => ({
          title: product.variants.length === 1 ? 'Default Title' : title,
          sku: `LA-${index + 1}${variant + 1}`,
          price: product.price,
          unitCost: product.unitCost,
          available: STOCK,
        })),
      },
    })),
  )
  const ids: ShopIds = { products: new Map(), variants: new Map(), customers: [] }
  PRODUCTS.forEach(({ handle }, index) => {
    const made = products[index]?.product
    if (!made) throw new Error(`the sandbox made no product for ${handle}`)
    ids.products.set(handle, made.id)
    ids.variants.set(
      handle,
      made.variants.map((variant) => variant.id),
    )
  })
  await control.batch(
    COLLECTIONS.map((collection) => ({
      path: `${path}/collections`,
      body: {
        title: collection.title,
        handle: collection.handle,
        productIds: collection.products.map((handle) => ids.products.get(handle)),
      },
    })),
  )
  const customers = await control.batch<Created>(
    CUSTOMER_NAMES.map((name) => {
      const [firstName = '', ...rest] = name.split(' ')
      const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@shoppers.example`
      return { path: `${path}/customers`, body: { firstName, lastName: rest.join(' '), email } }
    }),
  )
  ids.customers = customers.map(({ customer }) => customer.id)
  return ids
}
