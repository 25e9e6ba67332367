// Plans a drop in the admin's form and schedules it, as the jeweler does.
import { Temporal } from 'temporal-polyfill'
import type { StoryAct, StoryDrop } from './drop-cast.ts'
import { drawRowId } from './row-ids.ts'
import type { StoryTools } from './sign-up-creators.ts'
import { creatorCalled, type Stage } from './stage.ts'
import { SHOP } from './story-cast.ts'

export interface PlannedDrop {
  id: string
  story: StoryDrop
  opensAt: Date
}

/** Keeps the plan as a draft. `teaserAt`: instead of the cast's own. */
export async function draftDrop(
  stage: Stage,
  story: StoryDrop,
  opensAt: Date,
  teaserAt?: Date,
): Promise<PlannedDrop> {
  const { app, control, random } = stage
  const creator = story.creator === null ? null : creatorCalled(stage, story.creator)
  const { locations } = await control.get<{ locations: Array<{ id: string }> }>(
    `/control/shops/${SHOP.domain}/locations`,
  )
  const acts = story.acts.map((act, index) => ({
    id: `act-${index}`,
    kind: act.kind,
    local: localTime(act.kind === 'teaser' && teaserAt ? teaserAt : instantOf(act, opensAt)),
  }))
  const waves = story.acts.flatMap(({ releases = {} }, index) =>
    Object.entries(releases).map(([piece, units]) => ({
      id: `wave-${index}-${piece}`,
      actId: `act-${index}`,
      variantId: variantOf(stage, piece),
      locationId: locations[0]?.id ?? '',
      units: String(units),
    })),
  )
  const { to } = await app.submit('/app/drops/new', {
    formId: drawRowId(random),
    title: story.title,
    handle: story.handle,
    creatorId: creator?.id ?? '',
    agreementId: creator?.agreementIds[0] ?? '',
    acts: JSON.stringify(acts),
    pieces: JSON.stringify(story.pieces.map((piece) => ({ variantId: variantOf(stage, piece) }))),
    waves: JSON.stringify(waves),
    story: story.story,
    ...story.terms,
  })
  return { id: new URL(to, 'http://app.example').pathname.split('/').at(-1) ?? '', story, opensAt }
}

/** Errors: throws with what is red in the preflight. */
export async function scheduleDrop({ app, work }: StoryTools, { id, story }: PlannedDrop): Promise<void> {
  const path = `/app/drops/${id}`
  const checked = (await app.load(`${path}/preflight`)) as {
    ok?: boolean
    items?: Array<{ light: string; check: string; reason: string }>
  }
  const reds = (checked.items ?? []).filter(({ light }) => light === 'red')
  if (checked.ok !== true || reds.length > 0)
    throw new Error(`${story.title} cannot be scheduled: ${JSON.stringify(checked.ok ? reds : checked)}`)
  await app.submit(path, { intent: 'schedule', revision: '1' })
  await work.untilDone()
}

/** Without it no drop is scheduled. */
export async function switchOnGate({ app }: StoryTools): Promise<void> {
  await app.submit('/app/drops/setup', { intent: 'switch-on-gate' })
}

export function instantOf({ at }: Pick<StoryAct, 'at'>, opensAt: Date): Date {
  return new Date(opensAt.getTime() + at * 1000)
}

/** `PRODUCT/VARIANT INDEX` as Shopify's id. Errors: throws for what the shop does not have. */
export function variantOf({ ids }: Pick<StoryTools, 'ids'>, piece: string): string {
  const [product = '', index = '0'] = piece.split('/')
  const id = ids.variants.get(product)?.[Number(index)]
  if (!id) throw new Error(`the shop has no ${piece}`)
  return id
}

function localTime(at: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(SHOP.timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' })
}
