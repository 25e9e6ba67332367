// The year between the orders: who does what on which day.
import { answerOpenQuestion, askAboutFirstLine } from './ask-and-answer.ts'
import { raiseBackwards, tryBetterShare } from './change-terms.ts'
import {
  correctBalance,
  giveGift,
  payAdvance,
  putGuideAway,
  sayWhoPays,
  wantSecondPerson,
} from './keep-books.ts'
import {
  askWhereToPay,
  draftRun,
  hearFromBank,
  noteTaxForm,
  payEverybody,
  payFailedAgain,
} from './pay-creators.ts'
import {
  announceLongNight,
  announceWindfall,
  draftCinders,
  letTheHourPass,
  liveThroughWindfall,
} from './play-drop.ts'
import { reviseFirstAgreement } from './sign-up-creators.ts'
import { creatorCalled, type Stage } from './stage.ts'

export interface Scene {
  /** 0 is the story's first month. */
  inMonth: number
  day: number
  /** By the shop's own clock. */
  hour: number
  play(stage: Stage, month: SceneMonth): Promise<void>
}

export interface SceneMonth {
  /** A local date in this month, or `back` months before. */
  date(day: number, back?: number): string
}

const FIRST_RUN_IN = 2
/** The last month has no run yet: one waits for approval when the story ends. */
const LAST_RUN_IN = 11

export const SCENES: readonly Scene[] = [
  { inMonth: 0, day: 2, hour: 9, play: sayWhoPays },
  { inMonth: 0, day: 2, hour: 10, play: wantSecondPerson },
  { inMonth: 1, day: 9, hour: 9, play: everybodySaysWhereToBePaid },
  ...monthlyRuns(),
  { inMonth: 2, day: 6, hour: 11, play: putGuideAway },
  { inMonth: 6, day: 5, hour: 16, play: bankSendsOneBack },
  { inMonth: 6, day: 14, hour: 10, play: payFailedAgain },
  { inMonth: 6, day: 16, hour: 15, play: bankConfirms },
  { inMonth: 7, day: 1, hour: 9, play: raiseFromTheTenth },
  { inMonth: 8, day: 12, hour: 11, play: correctTwoSignets },
  { inMonth: 9, day: 6, hour: 11, play: sendCuff },
  { inMonth: 9, day: 8, hour: 10, play: payAhead },
  { inMonth: 10, day: 4, hour: 19, play: askAboutFirst },
  { inMonth: 10, day: 6, hour: 10, play: answerAboutFirst },
  { inMonth: 11, day: 6, hour: 10, play: raiseFromLastMonth },
  { inMonth: 11, day: 11, hour: 18, play: announceWindfall },
  { inMonth: 11, day: 13, hour: 18, play: letTheHourPass },
  { inMonth: 11, day: 14, hour: 17, play: liveThroughWindfall },
  { inMonth: 11, day: 15, hour: 18, play: letTheHourPass },
  { inMonth: 11, day: 15, hour: 19, play: letTheHourPass },
  { inMonth: 11, day: 21, hour: 19, play: letTheHourPass },
]

/** What is told before the last orders of the story, with the clock a little before its end. */
export async function leaveComing(stage: Stage, endsAt: Date): Promise<void> {
  await announceLongNight(stage, endsAt)
}

/** What is under way when the story ends. */
export async function leaveOpen(stage: Stage): Promise<void> {
  await tryBetterShare(stage, creatorCalled(stage, 'PRIYA'), '12')
  await askAboutFirstLine(
    stage,
    creatorCalled(stage, 'THEO'),
    'Bonjour, cette ligne compte-t-elle la commande gravée du 28 ? Merci !',
  )
  await correctBalance(
    stage,
    creatorCalled(stage, 'JUNE'),
    { amount: '18.50', direction: 'credit', reason: 'Signet sold at the studio fair, rung up by hand' },
    true,
  )
  await draftRun(stage)
  await draftCinders(stage)
}

function monthlyRuns(): Scene[] {
  const scenes: Scene[] = []
  for (let inMonth = FIRST_RUN_IN; inMonth <= LAST_RUN_IN; inMonth++) {
    scenes.push({ inMonth, day: 3, hour: 10, play: payEverybody })
    // In the seventh month the bank has more to say.
    if (inMonth !== 6) scenes.push({ inMonth, day: 5, hour: 15, play: bankConfirms })
  }
  return scenes
}

async function bankConfirms(stage: Stage): Promise<void> {
  await hearFromBank(stage)
}

async function everybodySaysWhereToBePaid(stage: Stage): Promise<void> {
  const receivedOn = await stage.today()
  for (const { handle, email, kind, country, formType } of [
    { handle: 'MAYA', kind: 'paypal', email: 'maya@okafor-studio.example', country: 'US', formType: 'w9' },
    { handle: 'THEO', kind: 'wise', email: 'theo@lindqvist.example', country: 'FR', formType: 'w8ben' },
    { handle: 'JUNE', kind: 'paypal', email: 'june@parkmade.example', country: 'US', formType: 'w9' },
    { handle: 'PRIYA', kind: 'wise', email: 'priya@raman-edit.example', country: 'DE', formType: 'w8ben' },
  ] as const) {
    const creator = creatorCalled(stage, handle)
    const details = kind === 'paypal' ? { kind, email } : { kind, email, holder: creator.story.name }
    await askWhereToPay(stage, creator, details)
    await noteTaxForm(stage, creator, { country, formType, formReceivedOn: receivedOn })
  }
}

async function bankSendsOneBack(stage: Stage): Promise<void> {
  const creator = creatorCalled(stage, 'THEO')
  const failure = 'Returned: no account at this address'
  if (await hearFromBank(stage, { creator, failure }))
    await askWhereToPay(stage, creator, { kind: 'paypal', email: 'theo@lindqvist.example' })
}

async function raiseFromTheTenth(stage: Stage, month: SceneMonth): Promise<void> {
  const change = { sharePercent: '14', startsOn: month.date(10) }
  await reviseFirstAgreement(stage, creatorCalled(stage, 'MAYA'), change)
}

/** Agreed in a call: the better share counts from the first of the month before. */
async function raiseFromLastMonth(stage: Stage, month: SceneMonth): Promise<void> {
  const change = { sharePercent: '11.5', startsOn: month.date(1, 1) }
  await raiseBackwards(stage, creatorCalled(stage, 'THEO'), change)
}

function correctTwoSignets(stage: Stage): Promise<void> {
  return correctBalance(stage, creatorCalled(stage, 'JUNE'), {
    amount: '37.20',
    direction: 'credit',
    reason: 'Two signets sold at the summer studio sale, rung up by hand',
  })
}

function sendCuff(stage: Stage): Promise<void> {
  const gift = { description: 'Harbour Cuff for the autumn film', amount: '264.00' }
  return giveGift(stage, creatorCalled(stage, 'MAYA'), gift)
}

function payAhead(stage: Stage): Promise<void> {
  return payAdvance(stage, creatorCalled(stage, 'PRIYA'), {
    amount: '240.00',
    recoup: '50',
    note: 'For filming the winter pieces',
  })
}

function askAboutFirst(stage: Stage): Promise<void> {
  const question = 'Is this worked out from what buyers paid with my code, or from the list price?'
  return askAboutFirstLine(stage, creatorCalled(stage, 'MAYA'), question)
}

function answerAboutFirst(stage: Stage): Promise<void> {
  const answer =
    'From what they paid: after your code’s discount, without tax, minus returns. The line shows the list value and every step down to net.'
  return answerOpenQuestion(stage, answer)
}
