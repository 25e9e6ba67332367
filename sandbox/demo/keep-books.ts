// What a shop notes beside sales and payouts: rules, advances, gifts, corrections. A second person looks at them.
import { drawRowId } from './row-ids.ts'
import type { SignedCreator } from './sign-up-creators.ts'
import type { Stage } from './stage.ts'
import { PAYER } from './story-cast.ts'

/** Corrections and advances need a second person from now on. */
export async function wantSecondPerson({ app }: Stage): Promise<void> {
  const path = '/app/payouts/settings'
  const { settings } = (await app.load(path)) as { settings: { payoutApprovals: number } }
  await app.submit(path, {
    intent: 'rules',
    payoutApprovals: String(settings.payoutApprovals),
    adjustmentsNeedSecond: 'true',
  })
}

/** Who the payer is in law: forms and thresholds depend on the country. */
export async function sayWhoPays({ app, random, today }: Stage): Promise<void> {
  await app.submit('/app/payouts/settings', {
    intent: 'payer-details',
    formId: drawRowId(random),
    inForceFrom: await today(),
    ...PAYER,
  })
}

/** Everything in it is done. */
export async function putGuideAway({ app }: Stage): Promise<void> {
  await app.submit('/app?index', { intent: 'dismiss-setup' })
}

/** Noted by the owner, agreed to by the bookkeeper where that is wanted, and the money is on its way the same day. */
export async function payAdvance(
  { app, bookkeeper, random }: Stage,
  creator: SignedCreator,
  advance: { amount: string; recoup: string; note: string },
): Promise<void> {
  const formId = drawRowId(random)
  await app.submit('/app/payouts/advances', { intent: 'create', formId, creatorId: creator.id, ...advance })
  await bookkeeper.submit('/app/payouts/advances', { intent: 'agree', advanceId: formId })
  await app.submit('/app/payouts/advances', { intent: 'pay', advanceId: formId, withheldMinor: '0' })
}

export async function giveGift(
  stage: Stage,
  creator: SignedCreator,
  gift: { description: string; amount: string },
): Promise<void> {
  const formId = drawRowId(stage.random)
  const givenOn = await stage.today()
  await stage.bookkeeper.submit('/app/payouts/gifts', { formId, creatorId: creator.id, givenOn, ...gift })
  await agree(stage, formId)
}

/** The bookkeeper asks for it; the owner agrees, unless it is left waiting. */
export async function correctBalance(
  stage: Stage,
  creator: SignedCreator,
  correction: { amount: string; direction: 'credit' | 'debit'; reason: string },
  waits = false,
): Promise<void> {
  const formId = drawRowId(stage.random)
  await stage.bookkeeper.submit('/app/payouts/adjustments/new', {
    formId,
    kind: 'creator_correction',
    creatorId: creator.id,
    account: 'correction-expense',
    incomeType: 'design_royalty',
    statementNumber: '',
    statementLine: '',
    ...correction,
  })
  if (!waits) await agree(stage, formId)
}

async function agree({ app }: Stage, adjustmentId: string): Promise<void> {
  await app.submit('/app/payouts/adjustments', { intent: 'agree', adjustmentId })
}
