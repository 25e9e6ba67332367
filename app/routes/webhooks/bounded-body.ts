// Reads a request's body up to a size, whatever its headers claim: a sender without a content-length is stopped where the limit is.

/** Null: there is more than `largestBytes`; the rest is not read. */
export async function readBoundedBody(request: Request, largestBytes: number): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length') ?? 0) > largestBytes) return null
  if (!request.body) return new Uint8Array()
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.body) {
    size += part.byteLength
    if (size > largestBytes) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}
