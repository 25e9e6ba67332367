import { useBlocker } from '@remix-run/react'
import { useAppBridge } from '@shopify/app-bridge-react'
import { useEffect } from 'react'

/** Keeps unsaved work: links inside the app wait until the save bar was answered. */
export function useLeaveGuard(guarded: boolean): void {
  const shopify = useAppBridge()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => guarded && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    let current = true
    void shopify.saveBar.leaveConfirmation().then(() => {
      if (current) blocker.proceed()
    })
    return () => {
      current = false
    }
  }, [blocker, shopify])
}
