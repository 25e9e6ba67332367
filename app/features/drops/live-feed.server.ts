// Tells everybody who looks at a drop what changed, reading it once for all of them. Reads only while somebody looks.

export interface LiveFeed<View> {
  /** Calls `tell` at once with what is known, and whenever it changes. Returns how to stop. */
  follow(key: string, read: () => Promise<View | null>, tell: (text: string | null) => void): () => void
}

interface Watched {
  followers: Set<(text: string | null) => void>
  last: string | null | undefined
  timer: ReturnType<typeof setTimeout> | undefined
}

/** `everyMs`: between the end of one reading and the beginning of the next. `text` is null when the drop is gone. */
export function openLiveFeed<View>(everyMs: number, onError: (error: unknown) => void): LiveFeed<View> {
  const watched = new Map<string, Watched>()

  return {
    follow(key, read, tell) {
      const entry = watched.get(key) ?? { followers: new Set(), last: undefined, timer: undefined }
      const isFirst = entry.followers.size === 0
      entry.followers.add(tell)
      watched.set(key, entry)
      if (entry.last !== undefined) tell(entry.last)
      if (isFirst) void look(key, entry, read)
      return () => {
        entry.followers.delete(tell)
        if (entry.followers.size > 0 || watched.get(key) !== entry) return
        clearTimeout(entry.timer)
        watched.delete(key)
      }
    },
  }

  async function look(key: string, entry: Watched, read: () => Promise<View | null>): Promise<void> {
    try {
      const view = await read()
      const text = view === null ? null : JSON.stringify(view)
      if (text !== entry.last) {
        entry.last = text
        for (const tell of [...entry.followers]) tell(text)
      }
    } catch (error) {
      onError(error)
    }
    if (watched.get(key) === entry) entry.timer = setTimeout(() => void look(key, entry, read), everyMs)
  }
}
