import { useLocation } from '@remix-run/react'
import { useEffect } from 'react'

const NAMES = ['shop', 'host', 'embedded', 'locale'] as const
const kept = new Map<string, string>()

/**
 * Keeps what Shopify put into the first address in every later one. Without it a reload of the frame alone would end at the login page,
 * because the server could not tell which shop it is for.
 */
export function useShopifyParameters(): void {
  const location = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: every navigation replaces the address.
  useEffect(() => {
    const url = new URL(window.location.href)
    let changed = false
    for (const name of NAMES) {
      const told = url.searchParams.get(name)
      const known = kept.get(name)
      if (told) kept.set(name, told)
      else if (known) {
        url.searchParams.set(name, known)
        changed = true
      }
    }
    // Past the router, which need not know: no loader runs again.
    if (changed) window.history.replaceState(window.history.state, '', url)
  }, [location])
}
