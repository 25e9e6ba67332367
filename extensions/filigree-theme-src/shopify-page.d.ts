// What Shopify and themes put on the page, as far as the blocks use it.

declare global {
  interface Window {
    Shopify?: {
      designMode?: boolean
      routes?: { root?: string }
      customerPrivacy?: { marketingAllowed?(): boolean }
    }
    /** Dawn's event bus; other themes have none. */
    publish?(event: string, data: unknown): void
  }
}

export {}
