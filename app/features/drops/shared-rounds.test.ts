import { expect, test } from 'vitest'
import { SharedRounds } from './shared-rounds.ts'

function openRounds() {
  const rounds = new SharedRounds<string, string[]>()
  const begun: Array<{ items: readonly string[]; end(): void; fail(): void }> = []
  const join = (item: string, name = 'shop') =>
    rounds.join(
      name,
      item,
      (items) =>
        new Promise((resolve, reject) =>
          begun.push({ items, end: () => resolve([...items]), fail: () => reject(new Error(item)) }),
        ),
    )
  return { begun, join }
}

test('who comes before a round has begun is served by it, who comes later by the next one', async () => {
  const { begun, join } = openRounds()
  const early = [join('a'), join('b')]
  await Promise.resolve()
  await Promise.resolve()
  const late = [join('c'), join('d')]
  begun[0]?.end()
  expect(await Promise.all(early)).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ])
  await Promise.resolve()
  expect(begun).toHaveLength(2)
  begun[1]?.end()
  expect(await Promise.all(late)).toEqual([
    ['c', 'd'],
    ['c', 'd'],
  ])
})

test('a round that fails fails for its own only, and names keep to themselves', async () => {
  const { begun, join } = openRounds()
  const failing = join('a')
  const other = join('x', 'another shop')
  await Promise.resolve()
  await Promise.resolve()
  const next = join('b')
  begun.find(({ items }) => items.includes('a'))?.fail()
  begun.find(({ items }) => items.includes('x'))?.end()
  await expect(failing).rejects.toThrow('a')
  expect(await other).toEqual(['x'])
  await Promise.resolve()
  begun.find(({ items }) => items.includes('b'))?.end()
  expect(await next).toEqual(['b'])
})
