/** Names a line for ever: the same product under the same version and share has the same key on every statement. */
export function lineKey(line: {
  productId: string | null
  title: string
  versionId: string
  shareBps: number
}): string {
  return `${line.productId ?? `"${line.title}"`}/${line.versionId}/${line.shareBps}`
}
