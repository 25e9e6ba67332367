/** Shopify's Count: the sandbox always counts to the end. */
export function exactCount(count: number) {
  return { count, precision: 'EXACT' }
}
