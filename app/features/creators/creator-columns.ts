// A parsed creator as columns. The handle is not among them: it is set once.

import { totalFollowers } from '#app/domain/creators/follower-band.ts'
import type { CreatorInput } from '#app/domain/creators/parse-creator-input.ts'

const LARGEST_INTEGER = 2_147_483_647

export function creatorColumns(creator: CreatorInput) {
  const { name, email, locale, notes, channels } = creator
  const followers = totalFollowers(channels)
  return {
    name,
    email,
    locale,
    notes,
    channels: channels.map((channel) => ({ ...channel })),
    followerCount: followers === null ? null : Math.min(followers, LARGEST_INTEGER),
  }
}
