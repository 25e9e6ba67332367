// A draw for tiny runs: who may buy is chosen by a seed that was promised before the list was closed, so that anybody can choose again and
// find the same. Nobody could have picked the seed for the list, nor the list for the seed.

/** A hash function of text to lower-case hex: SHA-256. Given from outside, since the domain imports nothing. */
export type Hash = (text: string) => string

/** Published before anybody enters. Tells nothing of the seed. */
export function commitmentOf(seed: string, hash: Hash): string {
  return hash(`filigree-draw/1/seed/${seed}`)
}

/** Published when the list is closed. Entries are codes of people, not their names; order and doubles do not matter. */
export function listHashOf(entries: readonly string[], hash: Hash): string {
  return hash(`filigree-draw/1/list/${canonical(entries).join('\n')}`)
}

function canonical(entries: readonly string[]): string[] {
  return [...new Set(entries)].sort()
}

/**
 * All entries in the order in which they are drawn: by the hash of seed, list and entry. Whoever adds or leaves out one entry changes the
 * list's hash, and with it the whole order.
 */
export function drawOrder(entries: readonly string[], seed: string, hash: Hash): string[] {
  const list = listHashOf(entries, hash)
  return canonical(entries)
    .map((entry) => ({ entry, ticket: hash(`filigree-draw/1/ticket/${seed}/${list}/${entry}`) }))
    .sort((left, right) => (left.ticket < right.ticket ? -1 : 1))
    .map(({ entry }) => entry)
}

export interface DrawProof {
  commitment: string
  seed: string
  listHash: string
  places: number
  /** In the order in which they were drawn; the first `places` have won. */
  selected: string[]
}

export type DrawVerdict =
  | { ok: true; winners: string[] }
  | { ok: false; reason: 'seed_was_not_promised' | 'list_was_changed' | 'order_is_another' }

/** What anybody can check who has the proof and the list. */
export function verifyDraw(proof: DrawProof, entries: readonly string[], hash: Hash): DrawVerdict {
  if (commitmentOf(proof.seed, hash) !== proof.commitment)
    return { ok: false, reason: 'seed_was_not_promised' }
  if (listHashOf(entries, hash) !== proof.listHash) return { ok: false, reason: 'list_was_changed' }
  const drawn = drawOrder(entries, proof.seed, hash)
  const isSame =
    drawn.length === proof.selected.length && drawn.every((entry, index) => entry === proof.selected[index])
  if (!isSame) return { ok: false, reason: 'order_is_another' }
  return { ok: true, winners: drawn.slice(0, proof.places) }
}
