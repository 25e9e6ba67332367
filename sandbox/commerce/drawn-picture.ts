// The picture that the sandbox draws of a product that came without one.
import type { Image, Product } from '#sandbox/state/nouns.ts'

/** Pixels of either side, as Shopify would say: a shop's photograph is as large. The drawing itself is sharp at any size. */
export const DRAWN_PIXELS = 2048

/** Address on the sandbox's own host. */
export function drawnPictureAddress(shopDomain: string, product: Pick<Product, 'handle'>): string {
  return `/storefront/${shopDomain.replace(/\.myshopify\.com$/, '')}/images/${product.handle}.svg`
}

export function drawnPicture(shopDomain: string, product: Pick<Product, 'handle' | 'title'>): Image {
  return {
    url: drawnPictureAddress(shopDomain, product),
    altText: product.title,
    width: DRAWN_PIXELS,
    height: DRAWN_PIXELS,
  }
}
