// The stock of a story's products, counted place by place, and how the app hears of it.
import type { ToldCount } from './model-types.ts'
import { FIRST_ITEM } from './real-shop.ts'
import type { Draws } from './seeded-draws.ts'
import type { Story, Way } from './story.ts'

export class StoryStock {
  private readonly levels = new Map<string, bigint>()
  private readonly post: ToldCount[] = []
  private readonly story: Story

  constructor(story: Story) {
    this.story = story
  }

  /** So many pieces more are there, or fewer. */
  async change(productId: bigint, locationId: bigint, by: bigint, way: Way): Promise<void> {
    const place = `${productId} ${locationId}`
    const available = (this.levels.get(place) ?? 0n) + by
    this.levels.set(place, available)
    this.story.pass(1000)
    const told = { itemId: FIRST_ITEM + productId, productId, locationId, at: this.story.now, available }
    if (way === 'later') this.post.push(told)
    if (way === 'at_once' || way === 'twice') await this.hear(told)
    if (way === 'twice') await this.hear(told)
  }

  /** In any order, some of it twice. */
  async deliver(draws: Draws): Promise<void> {
    const told = draws.shuffle([...this.post, ...this.post.filter(() => draws.chance(0.2))])
    this.post.length = 0
    for (const count of told) await this.hear(count)
  }

  private async hear(told: ToldCount): Promise<void> {
    this.story.model.hearCount(told)
    await this.story.real.recordCount(told)
  }
}
