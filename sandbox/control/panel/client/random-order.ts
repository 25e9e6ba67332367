// A made-up purchase: one to three pieces, now and then with a code.

export function randomOrder(data: DOMStringMap): Record<string, unknown> {
  const variants: string[] = JSON.parse(data.variants ?? '[]')
  const codes: string[] = JSON.parse(data.codes ?? '[]')
  const customers: string[] = JSON.parse(data.customers ?? '[]')
  if (variants.length === 0) throw new Error('This shop has no products to sell.')
  const count = Math.min(variants.length, 1 + Math.floor(Math.random() * 3))
  const shuffled = [...variants].sort(() => Math.random() - 0.5)
  const code = pick(codes)
  const customerId = pick(customers)
  return {
    lines: shuffled
      .slice(0, count)
      .map((variantId) => ({ variantId, quantity: Math.random() < 0.8 ? 1 : 2 })),
    ...(code && Math.random() < 0.6 && { discountCodes: [code] }),
    ...(customerId ? { customerId } : { email: 'walk-in@post.example' }),
  }
}

function pick<T>(from: T[]): T | undefined {
  return from[Math.floor(Math.random() * from.length)]
}
