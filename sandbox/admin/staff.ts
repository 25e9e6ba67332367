// The shop's people, one of whom works in this browser: what needs a second person can be tried alone.
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { STAFF_USER_ID } from '#sandbox/oauth/session-token.ts'

export const STAFF = [
  { id: STAFF_USER_ID, title: 'Owner' },
  { id: '43', title: 'Bookkeeper' },
] as const

const COOKIE = 'sandbox_staff'

/** The owner, until somebody chose another. */
export function staffOf(context: Context): string {
  const chosen = getCookie(context, COOKIE)
  return STAFF.find(({ id }) => id === chosen)?.id ?? STAFF_USER_ID
}

/** Errors: an unknown person is not chosen. */
export function chooseStaff(context: Context, userId: unknown): void {
  if (STAFF.some(({ id }) => id === userId)) {
    setCookie(context, COOKIE, String(userId), { path: '/store', httpOnly: true, sameSite: 'Lax' })
  }
}
