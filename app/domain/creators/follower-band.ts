export type FollowerBand = 'unknown' | 'below' | 'inside' | 'above'

export const BAND_FROM = 10_000
export const BAND_TO = 200_000

/** Where a creator's audience lies beside 10,000 to 200,000, both included. A label to sort by, not a score. */
export function followerBand(followers: number | null): FollowerBand {
  if (followers === null) return 'unknown'
  if (followers < BAND_FROM) return 'below'
  return followers > BAND_TO ? 'above' : 'inside'
}

/** Followers over all channels; null when none is known. */
export function totalFollowers(channels: ReadonlyArray<{ followers: number | null }>): number | null {
  const known = channels.flatMap(({ followers }) => (followers === null ? [] : [followers]))
  return known.length === 0 ? null : known.reduce((sum, followers) => sum + followers, 0)
}
