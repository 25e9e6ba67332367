// Better terms for a creator: from a day on, or reaching back, previewed and then posted.
import { reviseFirstAgreement, type SignedCreator } from './sign-up-creators.ts'
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

/** A draft's terms are tried on the year's sales; nothing is posted. */
export async function simulateStanding({ app, work }: Stage, creator: SignedCreator): Promise<void> {
  const path = `/app/agreements/${creator.agreementIds[0]}`
  const { view } = (await app.load(`${path}/simulate`)) as { view: { chosenVersionId: string | null } }
  await app.submit(`${path}/simulate`, { intent: 'simulate', versionId: view.chosenVersionId ?? '' })
  await work.untilDone()
}
