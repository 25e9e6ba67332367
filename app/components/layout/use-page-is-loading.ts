import { useLocation, useNavigation } from '@remix-run/react'

/** Whether this page is being loaded anew (another filter, another page of a list), as opposed to being left. */
export function usePageIsLoading(): boolean {
  const navigation = useNavigation()
  const location = useLocation()
  return navigation.state === 'loading' && navigation.location.pathname === location.pathname
}
