// npm run -s demo -- --check: the whole story in a house of its own, then the books are asked whether they are right.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildApp } from './build-app.ts'
import { buyOnStorefront } from './buy-on-storefront.ts'
import { type ControlClient, connectControl } from './control-client.ts'
import { countDrops, type DropCounts } from './count-drops.ts'
import { npmIsGone } from './npm-is-gone.ts'
import { playStory } from './play-story.ts'
import { openProgress, type Progress } from './progress.ts'
import { askLedger, type Books, openBooks } from './read-books.ts'
import { type House, startHouse } from './start-house.ts'
import { SHOP } from './story-cast.ts'
import { urlsOf } from './url-panel.ts'

export interface CheckSummary extends DropCounts {
  orders: number
  sales: number
  journals: number
  creators: number
  statements: number
  /** Statement mails that lie in the mailbox with their PDF. */
  statementsEmailed: number
  ledgerBalanced: boolean
  suspenseMinor: string
  seconds: number
}

interface Verdict {
  ok: boolean
  findings: Array<{ check: string; row: string }>
}

interface Balances {
  balances: Array<{ account: string; currency: string; balanceMinor: string }>
}

/** Fixed, so that the same seed gives the same figures on every day. */
const TODAY = new Date('2026-11-15T12:00:00Z')
const LEDGER_WITHIN_MS = 15_000

/** Exit code: 0 all is right, 1 something is not. Everything but the summary goes to standard error. */
export async function runCheck(seed: number): Promise<number> {
  const started = performance.now()
  const progress = openProgress(process.stderr)
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'filigree-check-'))
  // The embedded server runs as a user of its own when we are root: it must be able to enter.
  fs.chmodSync(folder, 0o755)
  const interrupted = new Promise<never>((_, reject) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(name, () => reject(new Error(`interrupted by ${name}`)))
    void npmIsGone().then(() => reject(new Error('npm has ended')))
  })
  interrupted.catch(() => {})
  let house: House | undefined
  let isRight = false
  try {
    await buildApp((line) => progress.say(`  ${line}`))
    house = await startHouse({
      folder,
      ports: { app: 0, sandbox: 0, smtp: 0 },
      onStep: (label) => progress.say(`  starting ${label}`),
    })
    const playing = playStory(house, { seed, today: TODAY, progress })
    await Promise.race([playing, house.died, interrupted])
    const { summary, problems } = await Promise.race([verify(house, progress), house.died, interrupted])
    for (const problem of problems) progress.say(`  wrong: ${problem}`)
    isRight = problems.length === 0
    const seconds = Math.round((performance.now() - started) / 100) / 10
    await house.stop()
    process.stdout.write(`${JSON.stringify({ ...summary, seconds } satisfies CheckSummary)}\n`)
  } catch (error) {
    progress.say((error as Error).message)
    await house?.stop()
  }
  if (isRight) fs.rmSync(folder, { recursive: true, force: true })
  else progress.say(`  The folder is kept for a look: ${folder}`)
  return isRight ? 0 : 1
}

type Summary = Omit<CheckSummary, 'seconds'>

async function verify(house: House, progress: Progress): Promise<{ summary: Summary; problems: string[] }> {
  const control = connectControl(house.sandboxUrl)
  const databaseUrl = house.env.DATABASE_URL ?? ''
  const books = await openBooks(databaseUrl)
  const problems: string[] = []
  try {
    progress.say('  an order on the storefront, and its refund')
    problems.push(...(await orderAndRefund(house, control, books)))
    progress.say('  the books')
    const counts = await books.counts()
    const verdict = await askLedger<Verdict>(databaseUrl, 'verify')
    for (const finding of verdict.findings) problems.push(`${finding.check}: ${finding.row}`)
    const { balances } = await askLedger<Balances>(databaseUrl, 'balances')
    const sum = balances.reduce((total, row) => total + BigInt(row.balanceMinor), 0n)
    if (sum !== 0n) problems.push(`the trial balance is ${sum}, not zero`)
    const suspense = balances
      .filter((row) => /suspense$/.test(row.account))
      .reduce((total, row) => total + BigInt(row.balanceMinor), 0n)
    if (suspense !== 0n) problems.push(`${suspense} minor units are in suspense`)
    const statementsEmailed = await countStatementMails(control)
    if (statementsEmailed !== counts.statementMails)
      problems.push(
        `${counts.statementMails} statement mails are booked as sent and ${statementsEmailed} arrived`,
      )
    if (statementsEmailed < counts.statements)
      problems.push(`${counts.statements} statements were issued and ${statementsEmailed} were mailed`)
    if (counts.statements === 0) problems.push('no statement was issued')
    const drops = await countDrops(control, books)
    problems.push(...drops.problems)
    const { statementMails, ...figures } = counts
    const ledgerBalanced = verdict.ok && sum === 0n
    return {
      summary: {
        ...figures,
        statementsEmailed,
        ledgerBalanced,
        suspenseMinor: String(suspense),
        ...drops.counts,
      },
      problems,
    }
  } finally {
    await books.close()
  }
}

/** Statement mails carry the document itself; invitations carry nothing. */
async function countStatementMails(control: ControlClient): Promise<number> {
  const mails = await control.mails()
  return mails.filter((mail) => mail.attachments.some(({ contentType }) => contentType === 'application/pdf'))
    .length
}

async function orderAndRefund(house: House, control: ControlClient, books: Books): Promise<string[]> {
  const { products } = await control.get<{ products: Array<{ variants: Array<{ id: string }> }> }>(
    `/control/shops/${SHOP.domain}/products`,
  )
  const variantId = products[1]?.variants[0]?.id ?? ''
  const orderId = await buyOnStorefront(urlsOf(house), { variantId, code: 'MAYA10' })
  const isBooked = await within(LEDGER_WITHIN_MS, async () => (await books.journalsOf(orderId)) > 0)
  if (!isBooked)
    return [`the storefront's order ${orderId} is not in the ledger after ${LEDGER_WITHIN_MS / 1000} s`]
  const booked = await books.balancesOf(orderId)
  const problems: string[] = []
  if (!booked.some(({ account }) => account.startsWith('creator/')))
    problems.push(`order ${orderId} with MAYA10 earns no creator anything`)
  await control.call(`/control/shops/${SHOP.domain}/orders/${orderId}/refunds`, { full: true })
  const isZero = await within(LEDGER_WITHIN_MS, async () => (await books.balancesOf(orderId)).length === 0)
  if (!isZero)
    problems.push(
      `order ${orderId} was refunded and leaves ${JSON.stringify(await books.balancesOf(orderId))}`,
    )
  return problems
}

async function within(limitMs: number, isDone: () => Promise<boolean>): Promise<boolean> {
  const until = Date.now() + limitMs
  while (Date.now() < until) {
    if (await isDone()) return true
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return false
}
