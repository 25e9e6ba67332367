// A shop with a few products, for the tests of this folder and of webhooks and control.
import path from 'node:path'
import type { Order } from '#sandbox/state/nouns.ts'
import { openSandbox, type Sandbox } from '#sandbox/state/sandbox.ts'
import { createProduct } from './create-product.ts'
import { type CreateShopInput, createShop } from './create-shop.ts'
import { addBags, type MinorBag, readBag, ZERO } from './minor-bag.ts'

export const STORE = 'lumen-atelier.myshopify.com'

export interface SampleStore {
  sandbox: Sandbox
  /** Ring, cuff, chain and a gift card. */
  variantIds: string[]
  productIds: string[]
}

export function openStore(
  shop: Partial<CreateShopInput> = {},
  prices = ['100.00', '33.33', '7.77', '50.00'],
): SampleStore {
  const sandbox = openSandbox({
    apiKey: 'filigree-local-key',
    apiSecret: 'shpss_local_secret',
    appUrl: 'http://localhost:3000',
    sandboxUrl: 'http://localhost:4000',
    appTomlPath: path.join(import.meta.dirname, '../../shopify.app.toml'),
  })
  must(
    createShop(sandbox, {
      domain: STORE,
      name: 'Lumen Atelier',
      email: 'hello@lumen-atelier.example',
      currency: 'USD',
      timeZone: 'America/New_York',
      country: 'US',
      taxRate: '0.0825',
      ...shop,
    }),
  )
  const products = ['Ring', 'Cuff', 'Chain', 'Gift card'].map((title, index) => {
    const variants = [{ price: prices[index] ?? '1', available: 1_000_000 }]
    const productType = title === 'Gift card' ? 'Gift card' : 'Jewelry'
    return must(createProduct(sandbox, STORE, { title, productType, variants })).product
  })
  return {
    sandbox,
    productIds: products.map(({ id }) => id),
    variantIds: products.flatMap(({ variants }) => variants.map(({ id }) => id)),
  }
}

/** The success of an outcome; a refusal fails the test with its message. */
export function must<Outcome extends { ok: true } | { ok: false; message: string }>(
  outcome: Outcome,
): Extract<Outcome, { ok: true }> {
  if (!outcome.ok) throw new Error(outcome.message)
  return outcome as Extract<Outcome, { ok: true }>
}

export function sumOfSales(order: Order): MinorBag {
  return addBags(
    ZERO,
    ...order.agreements.flatMap(({ sales }) => sales.map(({ total }) => readBag(total, order))),
  )
}
