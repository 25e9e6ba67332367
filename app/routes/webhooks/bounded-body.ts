// Reads a request's body up to a size, whatever its headers claim: a sender without a content-length is stopped where the limit is.

/** Null: there is more than `largestBytes`; the rest is not read. */
export async function readBoundedBody(request: Request, largestBytes: number): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length') ?? 0) > largestBytes) return null
  const reader = request.body?.getReader()
  const parts: Uint8Array[] = []
  let size = 0
  for (;;) {
    const part = await reader?.read()
    if (!part?.value) return Buffer.concat(parts)
    size += part.value.byteLength
    if (size > largestBytes) {
      await reader?.cancel()
      return null
    }
    parts.push(part.value)
  }
}
