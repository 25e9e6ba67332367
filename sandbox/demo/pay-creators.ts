// Paying as a bookkeeper does it: how to pay is asked for by mail, runs are drafted, approved, handed over as files, confirmed, and one fails.
import type { AppClient } from './app-client.ts'
import { drawRowId } from './row-ids.ts'
import type { SignedCreator } from './sign-up-creators.ts'
import { linkInMail, openPage, type Stage, sendPageForm } from './stage.ts'

interface PreviewRow {
  creatorId: string
  verdict: 'ready' | 'waivable' | 'blocked'
  shown: string
}

interface Run {
  revision: number
  formats: string[]
  payouts: Array<{ id: string; creatorId: string; status: string; repeatedIn: string | null }>
}

interface ListedRun {
  id: string
  status: string
  /** How many of its payouts failed. */
  failed: number
}

type Details = { kind: 'paypal'; email: string } | { kind: 'wise'; holder: string; email: string }

/** The creator gets a mail, opens its link and says where to be paid. */
export async function askWhereToPay(stage: Stage, creator: SignedCreator, details: Details): Promise<void> {
  await stage.app.submit(`/app/payouts/creators/${creator.id}`, { intent: 'ask-details' })
  await stage.work.untilDone()
  const link = await linkInMail(stage, creator, 'payout-details')
  const formId =
    /name="formId" value="([^"]+)"/.exec(await openPage(`${link}?kind=${details.kind}`))?.[1] ?? ''
  await sendPageForm(link, { formId, ...details })
}

/** Tax facts as the page has them, with what changes. */
export async function noteTaxForm(
  { app }: Stage,
  creator: SignedCreator,
  facts: { country: string; formType: string; formReceivedOn: string },
): Promise<void> {
  const path = `/app/payouts/creators/${creator.id}`
  const { tax } = (await app.load(path)) as { tax: Record<string, string> }
  await app.submit(path, { intent: 'save-tax', ...tax, ...facts })
}

/** The bookkeeper's draft for everybody against whom nothing stands; null when there is nobody. */
export async function draftRun({ bookkeeper, random, today }: Stage): Promise<string | null> {
  const { view } = (await bookkeeper.load('/app/payouts/new')) as {
    view: { currency: string; rows: PreviewRow[] }
  }
  const ready = view.rows.filter(({ verdict }) => verdict === 'ready')
  // Drawn in any case, so that whatever is drawn later does not depend on balances.
  const formId = drawRowId(random)
  if (ready.length === 0) return null
  const { to } = await bookkeeper.submit('/app/payouts/new', {
    formId,
    currency: view.currency,
    executeOn: await today(),
    chosen: ready.map(({ creatorId, shown }) => `${creatorId}|${shown}`),
  })
  return to
}

/** A draft is approved by the owner; the bookkeeper takes its files to the bank and marks it as sent. */
export async function approveAndSend({ app, bookkeeper }: Stage, path: string): Promise<void> {
  await app.submit(path, { intent: 'approve', revision: String((await readRun(app, path)).revision) })
  const run = await readRun(bookkeeper, path)
  for (const format of run.formats) await bookkeeper.download(`${path}/file?format=${format}`)
  await bookkeeper.submit(path, { intent: 'send', revision: String(run.revision) })
}

/** The month's run. */
export async function payEverybody(stage: Stage): Promise<void> {
  const path = await draftRun(stage)
  if (path) await approveAndSend(stage, path)
}

/** The bank's answer to whatever is on its way: all arrived, but what went to `lost.creator` came back. True when something did. */
export async function hearFromBank(
  { bookkeeper }: Stage,
  lost?: { creator: SignedCreator; failure: string },
): Promise<boolean> {
  let cameBack = false
  for (const { id } of await listRuns(bookkeeper, ({ status }) => status === 'sent')) {
    const path = `/app/payouts/${id}`
    const { payouts } = await readRun(bookkeeper, path)
    const returned = payouts.find(({ creatorId }) => creatorId === lost?.creator.id)
    if (returned && lost) {
      const fields = { intent: 'fail-payout', payoutId: returned.id, failure: lost.failure }
      await bookkeeper.submit(path, fields)
      cameBack = true
    }
    if (payouts.length === (returned ? 1 : 0)) continue
    const { revision } = await readRun(bookkeeper, path)
    await bookkeeper.submit(path, { intent: 'confirm-all', revision: String(revision) })
  }
  return cameBack
}

/** Every payout that failed is repeated in a run of its own, which is paid. */
export async function payFailedAgain(stage: Stage): Promise<void> {
  const { bookkeeper } = stage
  for (const { id } of await listRuns(bookkeeper, ({ failed }) => failed > 0)) {
    const path = `/app/payouts/${id}`
    const lost = (await readRun(bookkeeper, path)).payouts.filter(
      ({ status, repeatedIn }) => status === 'failed' && repeatedIn === null,
    )
    for (const { id: payoutId } of lost) {
      await bookkeeper.submit(path, { intent: 'retry-payout', payoutId })
      const again = (await readRun(bookkeeper, path)).payouts.find((payout) => payout.id === payoutId)
      if (!again?.repeatedIn) throw new Error(`the failed payout of ${path} was not repeated`)
      await approveAndSend(stage, `/app/payouts/${again.repeatedIn}`)
    }
  }
}

async function listRuns(app: AppClient, isMeant: (run: ListedRun) => boolean): Promise<ListedRun[]> {
  const { view } = (await app.load('/app/payouts')) as { view: { rows: ListedRun[] } }
  return view.rows.filter(isMeant)
}

async function readRun(app: AppClient, path: string): Promise<Run> {
  const { run } = (await app.load(path)) as { run: Run }
  return run
}
