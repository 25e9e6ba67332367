// How far a return is.
import type { Return, ReturnLine } from '#sandbox/state/return-nouns.ts'

/** Units of the line that came back and were booked. */
export function processedOf(one: Return, line: ReturnLine): number {
  return line.processed ?? (one.processedAt ? line.quantity : 0)
}

/** Nothing is left to come back or to go out. */
export function isProcessed(one: Return): boolean {
  const isBack = one.lines.every((line) => processedOf(one, line) === line.quantity)
  return isBack && (one.exchange ?? []).every(({ processed, quantity }) => processed === quantity)
}

/** Something came back or went out already. */
export function isBegun(one: Return): boolean {
  return (
    one.lines.some((line) => processedOf(one, line) > 0) ||
    (one.exchange ?? []).some(({ processed }) => processed > 0)
  )
}
