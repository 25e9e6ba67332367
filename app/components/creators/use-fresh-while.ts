import { useRevalidator } from '@remix-run/react'
import { useEffect, useRef } from 'react'

const EVERY_MS = 2_000
const TIMES = 30

/** Reads the page's data anew every two seconds, for a minute at most, while work in the background is not done. */
export function useFreshWhile(waiting: boolean): void {
  const { revalidate, state } = useRevalidator()
  const asked = useRef(0)
  useEffect(() => {
    if (!waiting) asked.current = 0
    if (!waiting || state !== 'idle' || asked.current >= TIMES) return
    const timer = setTimeout(() => {
      asked.current += 1
      if (document.visibilityState === 'visible') revalidate()
    }, EVERY_MS)
    return () => clearTimeout(timer)
  }, [waiting, state, revalidate])
}
