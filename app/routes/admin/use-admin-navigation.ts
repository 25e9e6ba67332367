import { useNavigate } from '@remix-run/react'
import { useEffect } from 'react'

/** Clicks in the admin's own menu arrive as 'shopify:navigate' on the link that was meant. */
export function useAdminNavigation(): void {
  const navigate = useNavigate()
  useEffect(() => {
    const follow = (event: Event) => {
      const href = event.target instanceof Element ? event.target.getAttribute('href') : null
      if (href) navigate(href)
    }
    addEventListener('shopify:navigate', follow)
    return () => removeEventListener('shopify:navigate', follow)
  }, [navigate])
}
