import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commitmentOf, drawOrder, listHashOf, verifyDraw } from './draw.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const lists = fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{8}$/), { minLength: 3, maxLength: 40 })
const proofOf = (entries: string[], seed: string, places: number) => ({
  commitment: commitmentOf(seed, hash),
  seed,
  listHash: listHashOf(entries, hash),
  places,
  selected: drawOrder(entries, seed, hash),
})

test('anybody draws the same from the same seed and list, in whatever order the list comes', () => {
  fc.assert(
    fc.property(lists, fc.string(), (entries, seed) => {
      const proof = proofOf(entries, seed, 2)
      const verdict = verifyDraw(proof, [...entries].reverse(), hash)
      expect(verdict).toEqual({ ok: true, winners: proof.selected.slice(0, 2) })
      expect([...proof.selected].sort()).toEqual([...entries].sort())
    }),
  )
})

test('another seed, another list and another order are found out', () => {
  fc.assert(
    fc.property(lists, fc.string(), (entries, seed) => {
      const proof = proofOf(entries, seed, 1)
      const [first = '', second = '', ...rest] = proof.selected
      expect(verifyDraw({ ...proof, seed: `${seed}x` }, entries, hash)).toMatchObject({
        reason: 'seed_was_not_promised',
      })
      expect(verifyDraw(proof, entries.slice(1), hash)).toMatchObject({ reason: 'list_was_changed' })
      expect(verifyDraw({ ...proof, selected: [second, first, ...rest] }, entries, hash)).toMatchObject({
        reason: 'order_is_another',
      })
    }),
  )
})

test('each entry wins about as often as any other', () => {
  const entries = ['a', 'b', 'c', 'd', 'e']
  const wins = new Map(entries.map((entry) => [entry, 0]))
  for (let seed = 0; seed < 5_000; seed += 1) {
    const [winner = ''] = drawOrder(entries, String(seed), hash)
    wins.set(winner, (wins.get(winner) ?? 0) + 1)
  }
  // Seeds are fixed: the counts are too.
  for (const count of wins.values()) expect(Math.abs(count - 1_000)).toBeLessThan(100)
})
