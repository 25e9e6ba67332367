// How many orders a benchmark of the ledger books: 100,000 as the aims say, fewer for a quick look (`--orders N`).
export function benchOrders(standard: number): number {
  const at = process.argv.indexOf('--orders')
  const wanted = at < 0 ? standard : Number(process.argv[at + 1])
  if (!Number.isSafeInteger(wanted) || wanted < 1) throw new Error('--orders wants a number')
  return wanted
}

export function quantile(values: number[], part: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}

export const rounded = (value: number, digits = 1): number => Math.round(value * 10 ** digits) / 10 ** digits
