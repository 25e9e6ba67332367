// Restock notices: to whom a wave's units are offered, until when each is held, and what becomes of a unit that was not bought.

/** A held claim lasts a quarter of an hour, or until the drop closes: the checkout sells nothing afterwards. */
export const HOLD_MS = 15 * 60_000
/** With less time than this nobody can be asked to buy something: nothing is held, and no mail is sent. */
export const LEAST_HOLD_MS = 3 * 60_000
/** What was asked of Shopify by somebody who stopped is looked for after that time: until then the answer may be on its way. */
export const ASKED_SETTLES_MS = 20_000

/** When a piece that is asked for now is given back; null when there is too little time left. */
export function holdUntil(now: Date, closesAt: Date): Date | null {
  const left = Math.min(HOLD_MS, closesAt.getTime() - now.getTime())
  return left < LEAST_HOLD_MS ? null : new Date(now.getTime() + left)
}

/** Whether a mail that goes out now leaves time to buy. */
export function isWorthMailing(now: Date, heldUntil: Date): boolean {
  return heldUntil.getTime() - now.getTime() >= LEAST_HOLD_MS
}

/** Units of a wave that were offered to nobody yet. `offered`: holds that took a unit out of the wave and not from somebody before. */
export function unitsToOffer(released: number, offered: number): number {
  return Math.max(0, released - offered)
}

export type HoldStatus = 'asked' | 'held' | 'bought' | 'lapsed' | 'left' | 'refused'
export type NoticeStatus = 'queued' | 'sending' | 'sent' | 'unsure' | 'failed' | 'dropped'

/** How a hold ends. `passesOn`: its unit goes to whoever is next in the line. */
export function endOfHold(
  draft: 'completed' | 'open' | 'gone',
  notice: NoticeStatus | null,
): { status: Extract<HoldStatus, 'bought' | 'lapsed' | 'left'>; passesOn: boolean } {
  if (draft === 'completed') return { status: 'bought', passesOn: false }
  return { status: notice === 'dropped' || notice === 'failed' ? 'left' : 'lapsed', passesOn: true }
}
