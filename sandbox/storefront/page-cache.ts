// Pages as Shopify's edge may serve them: minutes after they were written. Off unless the shop's theme says for how long.
import type { Context } from 'hono'
import type { ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'

interface CachedPage {
  html: string
  /** Of the sandbox's clock, ms. */
  writtenAt: number
}

const caches = new WeakMap<Sandbox, Map<string, CachedPage>>()

/** The page as it was written not longer ago than the shop's pages are kept, else as `write` writes it now. */
export async function cached(
  sandbox: Sandbox,
  state: ShopState,
  context: Context,
  locale: string,
  write: () => Promise<string>,
): Promise<string> {
  const keptMs = (state.theme?.pageCacheSeconds ?? 0) * 1000
  if (keptMs === 0) return write()
  const pages = caches.get(sandbox) ?? new Map<string, CachedPage>()
  caches.set(sandbox, pages)
  const key = `${locale} ${context.req.url}`
  const now = sandbox.clock.now().getTime()
  const known = pages.get(key)
  if (known && now - known.writtenAt < keptMs) return known.html
  const html = await write()
  pages.set(key, { html, writtenAt: now })
  return html
}
