import { expect, test } from 'vitest'
import { boughtValue } from './bought.ts'
import { MOST_METAFIELD_BYTES } from './checkout-rules.ts'

test('what was bought is written the same way whatever order it comes in, and nothing is written of nothing', () => {
  const moon = { handle: 'moon', pieces: 2 }
  const dawn = { handle: 'dawn', pieces: 1 }
  expect(boughtValue([moon, dawn])).toBe('{"dawn":1,"moon":2}')
  expect(boughtValue([dawn, moon])).toBe(boughtValue([moon, dawn]))
  expect(boughtValue([{ handle: 'moon', pieces: 0 }])).toBeNull()
  expect(boughtValue([])).toBeNull()
})

test('a customer of very many drops stays within what the checkout reads', () => {
  const many = Array.from({ length: 500 }, (_, at) => ({
    handle: String(at).padStart(40, '0'),
    pieces: 100,
  }))
  const value = boughtValue(many)
  expect(Buffer.byteLength(value ?? '')).toBeLessThan(MOST_METAFIELD_BYTES)
  // The newest are kept.
  expect(value).toContain(many[0]?.handle)
  expect(value).not.toContain(many[499]?.handle)
})
