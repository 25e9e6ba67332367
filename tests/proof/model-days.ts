// Days and months of a shop whose clock is UTC.

export const DAY = 86_400_000

export const monthOf = (at: number): string => new Date(at).toISOString().slice(0, 7)
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
export const beginOf = (month: string): number => Date.parse(`${month}-01T00:00:00Z`)
export const endOf = (month: string): number => Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1)
/** First moment after a day. */
export const afterDay = (day: string): number => Date.parse(`${day}T00:00:00Z`) + DAY
