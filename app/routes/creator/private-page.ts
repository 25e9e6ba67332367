/** For pages that open by a signed link: never cached, never indexed, and the link is not told to other sites. */
export const PRIVATE_PAGE_HEADERS = {
  'cache-control': 'private, no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
} as const
