// Where a drop stands. Instants are epoch ms; NaN: the drop has none.

export type Phase = 'before' | 'early' | 'open' | 'longer' | 'held' | 'aborted' | 'closed'

/** A shared cache may answer for so long after an opening with what was so before it. */
const CACHED = 3e4

/**
 * `longer`: open although its announced close has passed. `state`: what the page says; `live`: what the server last said, which is newer.
 */
export const phaseAt = (
  at: number,
  early: number,
  open: number,
  close: number,
  state?: string,
  live?: string,
): Phase => {
  const said = `${live ?? state}`
  if (/held|aborted|closed/.test(said)) return said as Phase
  if (at < open) return at >= early ? 'early' : 'before'
  // The opening was moved after this page was written.
  if (live === 'early' && at > open + CACHED) return 'held'
  return at < close ? 'open' : live === 'open' ? 'longer' : 'closed'
}
