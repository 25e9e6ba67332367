import { useEffect, useRef } from 'react'

const DOUBLE_CLICK_MS = 500

/** Closing by hand. The second click of a double click on what opened the dialog lands beside it: it does not close it. */
export function useCloseWhenMeant(open: boolean, onClose: () => void): () => void {
  const openedAt = useRef(0)
  useEffect(() => {
    if (open) openedAt.current = performance.now()
  }, [open])
  return () => {
    if (performance.now() - openedAt.current > DOUBLE_CLICK_MS) onClose()
  }
}
