import { useEffect, useState } from 'react'

/** The time zone of whoever looks, when it is another than the shop's at that. Null on the server, which cannot know it. */
export function useViewerZone(shopZone: string): string | null {
  const [zone, setZone] = useState<string | null>(null)
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone
    setZone(own && own !== shopZone ? own : null)
  }, [shopZone])
  return zone
}

/** "Europe/Berlin" as "Berlin": the part that people know. */
export function placeOfZone(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
}
