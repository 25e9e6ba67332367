// Better terms for a creator: from a day on, or reaching back, previewed and then posted.
import { draftRevision, reviseFirstAgreement, type SignedCreator } from './sign-up-creators.ts'
import type { Stage } from './stage.ts'

/** Both agree that a share counts from a day that is over; whatever was sold since is rated anew. */
export async function raiseBackwards(
  stage: Stage,
  creator: SignedCreator,
  change: { sharePercent: string; startsOn: string },
): Promise<void> {
  const { app, work } = stage
  const path = await reviseFirstAgreement(stage, creator, { ...change, retroactive: true })
  const { view } = (await app.load(path)) as {
    view: { versions: Array<{ id: string; number: number; retroactive: boolean }> }
  }
  const version = view.versions
    .filter(({ retroactive }) => retroactive)
    .toSorted((a, b) => b.number - a.number)[0]
  if (!version) throw new Error(`${path} has no version that reaches back`)
  for (const intent of ['preview', 'rerate']) {
    await app.submit(`${path}/rerate`, { intent, versionId: version.id })
    await work.untilDone()
  }
}

/** A draft of better terms, tried on the year's sales; nothing is offered and nothing posted. */
export async function tryBetterShare(
  stage: Stage,
  creator: SignedCreator,
  sharePercent: string,
): Promise<void> {
  const { app, work } = stage
  const path = await draftRevision(stage, creator, { sharePercent, startsOn: await stage.today() })
  const { view } = (await app.load(`${path}/simulate`)) as { view: { chosenVersionId: string | null } }
  await app.submit(`${path}/simulate`, { intent: 'simulate', versionId: view.chosenVersionId ?? '' })
  await work.untilDone()
}
