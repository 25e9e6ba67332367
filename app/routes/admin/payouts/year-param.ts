/** `?year=2026`; null when it says none that can be. */
export function yearParam(url: string): number | null {
  const text = new URL(url).searchParams.get('year') ?? ''
  return /^20\d{2}$/.test(text) ? Number(text) : null
}
