// Shopify's global ids. We keep the number, which is permanent, and say the type when we ask.

/** `gid://shopify/Order/5` for 5. */
export function toGid(type: string, id: bigint): string {
  return `gid://shopify/${type}/${id}`
}

/** The number at the end of a global id. Errors: throws on anything else, since Shopify's schema promises one. */
export function numberOfGid(gid: string): bigint {
  const match = /^gid:\/\/shopify\/\w+\/(\d+)(?:\?.*)?$/.exec(gid)
  if (!match?.[1]) throw new Error(`not a Shopify id with a number: ${gid}`)
  return BigInt(match[1])
}
