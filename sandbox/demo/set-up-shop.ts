// The boutique before the app comes: pieces with stock, collections, regular customers.
import type { ControlClient } from './control-client.ts'
import {
  CIRCLE,
  CIRCLE_TAG,
  COLLECTIONS,
  CUSTOMER_NAMES,
  customerEmail,
  PRODUCTS,
  SHOP,
} from './story-cast.ts'

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

/** Enough for every year that a seed may tell; pieces of a drop are counted. */
const STOCK = 900

/** The theme as the boutique left it: what a drop says stands under its piece, the overlay on a page of its own. */
const THEME_BLOCKS = [
  ...['countdown', 'stock', 'gate', 'story', 'arrival', 'signup'].map((name) => ({
    block: `drop-${name}`,
    template: 'product',
  })),
  {
    block: 'drop-live',
    template: 'page',
    settings: { product: 'cinder-ring', heading: 'At the bench, live' },
  },
]

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
        ...(product.inDropsOnly ? { published: false } : {}),
        variants: product.variants.map((title, variant) => ({
          title: product.variants.length === 1 ? 'Default Title' : title,
          sku: `LA-${index + 1}${variant + 1}`,
          price: product.price,
          unitCost: product.unitCost,
          available: product.stock ?? STOCK,
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
  await control.call(`${path}/theme`, { blocks: THEME_BLOCKS })
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
      const email = customerEmail(name)
      const tags = CIRCLE.includes(name) ? [CIRCLE_TAG] : []
      return { path: `${path}/customers`, body: { firstName, lastName: rest.join(' '), email, tags } }
    }),
  )
  ids.customers = customers.map(({ customer }) => customer.id)
  return ids
}
