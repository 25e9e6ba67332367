/** Shoppers write some of these texts: one that Postgres refuses (a zero byte, half of a pair) must not stop the books. */
export function keepable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed()
}
