/** The month labels that end with `last`, oldest first: ("2026-02", 3) is 2025-12, 2026-01, 2026-02. */
export function lastMonths(last: string, count: number): string[] {
  const [year = 0, month = 1] = last.split('-').map(Number)
  const newest = year * 12 + (month - 1)
  return Array.from({ length: count }, (_, index) => {
    const at = newest - (count - 1 - index)
    return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`
  })
}
