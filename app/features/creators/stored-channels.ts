// Channels as the creator's row holds them.
export interface Channel {
  platform: string
  handle: string
  url: string | null
  followers: number | null
}

/** Reads the JSON column; entries that are no channels are left out. */
export function readChannels(stored: unknown): Channel[] {
  if (!Array.isArray(stored)) return []
  return stored.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return []
    const { platform, handle, url, followers } = entry as Record<string, unknown>
    if (typeof platform !== 'string') return []
    return [
      {
        platform,
        handle: typeof handle === 'string' ? handle : '',
        url: typeof url === 'string' ? url : null,
        followers: typeof followers === 'number' ? followers : null,
      },
    ]
  })
}
