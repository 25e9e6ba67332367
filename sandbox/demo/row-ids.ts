// Ids that forms bring along, drawn from the story's generator: the same seed makes the same rows.
import type { Random } from './seeded-random.ts'

/** A version 4 UUID. */
export function drawRowId(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.between(0, 15).toString(16))
  hex[12] = '4'
  hex[16] = random.pick(['8', '9', 'a', 'b'])
  const text = hex.join('')
  return [
    text.slice(0, 8),
    text.slice(8, 12),
    text.slice(12, 16),
    text.slice(16, 20),
    text.slice(20, 32),
  ].join('-')
}
