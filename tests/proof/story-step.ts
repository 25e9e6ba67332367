// One step of a story. After each the books of the app equal the model's.
import fc from 'fast-check'
import { expect } from 'vitest'
import type { WorldOrder } from './shop-world.ts'
import type { Story } from './story.ts'

export type StoryCommand = fc.AsyncCommand<Story, Story>

export interface Step {
  says: string
  /** Whether it can happen now. */
  can?(story: Readonly<Story>): boolean
  run(story: Story): Promise<void>
}

export function command({ says, can, run }: Step): StoryCommand {
  return {
    check: (story) => can?.(story) ?? true,
    async run(story) {
      await run(story)
      await story.settle()
      expect(await story.real.balances(), says).toBe(story.model.text())
    },
    toString: () => says,
  }
}

/** One of the story's orders, however many there are. */
export const which = fc.nat({ max: 11 })

export function orderAt({ orders }: Readonly<Story>, number: number): WorldOrder | undefined {
  return orders[number % Math.max(1, orders.length)]
}

/** How often a kind of step comes, among the others. */
export const times = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item)
