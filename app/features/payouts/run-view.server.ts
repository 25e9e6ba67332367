// One run: its payouts, files, approvals and history.
import { isRowId } from '#app/adapters/db/row-id.ts'
import { readIncome } from '#app/domain/payouts/payout-amounts.ts'
import { formatsOf, type PayoutFormat, wasTakenBack } from '#app/domain/payouts/payout-file.ts'
import type { ShopContext } from '../context.ts'
import { readApprovals } from './approve-run.server.ts'

export interface RunPayoutView {
  id: string
  creatorId: string
  creatorName: string
  grossMinor: string
  withheldMinor: string
  netMinor: string
  /** What months that were closed since the payout before it took for advances: already off the amount due. */
  recoupedMinor: string
  status: string
  reference: string
  methodKind: string
  methodEnding: string
  failureReason: string | null
  journalSeq: string | null
  reversalSeq: string | null
  income: Array<{ incomeType: string; amountMinor: string }>
  /** The run that repeats it. */
  repeatedIn: string | null
  mailStatus: string
}

export interface RunView {
  id: string
  number: number
  status: string
  currency: string
  executeOn: string
  createdAt: string
  createdBy: string
  revision: number
  approvals: Array<{ by: string; at: string }>
  approvalsNeeded: number
  approvedByMe: boolean
  grossMinor: string
  withheldMinor: string
  netMinor: string
  payouts: RunPayoutView[]
  formats: PayoutFormat[]
  /** Whose payouts failed or were voided after the run was marked as sent: only the list of what stands is left of its files. */
  takenBack: string[]
  hasPayerAccount: boolean
  events: Array<{ id: string; at: string; kind: string; actor: string; facts: Record<string, string> }>
  timeZone: string
}

interface PayoutRow
  extends Omit<
    RunPayoutView,
    'grossMinor' | 'withheldMinor' | 'netMinor' | 'recoupedMinor' | 'income' | 'journalSeq' | 'reversalSeq'
  > {
  gross: bigint
  withheld: bigint
  net: bigint
  recouped: bigint
  journalSeq: bigint | null
  reversalSeq: bigint | null
  income: unknown
}

export async function readRun(ctx: ShopContext, id: string, actor: string): Promise<RunView | null> {
  if (!isRowId(id)) return null
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx) => {
    const run = await tx.payoutRun.findUnique({ where: { id } })
    if (!run) return null
    const payouts = await tx.$queryRaw<PayoutRow[]>`
      select p.id::text as id, p.creator_id::text as "creatorId", coalesce(c.name, '') as "creatorName", p.gross_minor as gross,
        p.withheld_minor as withheld, p.net_minor as net, p.status, p.reference, coalesce(m.kind, '') as "methodKind",
        coalesce(m.ending, '') as "methodEnding", p.failure_reason as "failureReason", p.journal_seq as "journalSeq",
        p.reversal_seq as "reversalSeq", p.income,
        (select coalesce(sum((j.arithmetic->>'amountMinor')::bigint), 0)::bigint from journal j
         where j.shop_id = p.shop_id and j.kind = 'recoup' and j.currency = p.currency and j.arithmetic->>'creatorId' = p.creator_id::text
           and j.recorded_at <= ${run.createdAt} and j.recorded_at > coalesce((
             select max(r.created_at) from payout q join payout_run r on r.id = q.run_id
             where q.shop_id = p.shop_id and q.creator_id = p.creator_id and q.currency = p.currency and q.status not in ('failed', 'voided')
               and r.created_at < ${run.createdAt}), '-infinity')) as recouped,
        (select q.run_id::text from payout q where q.shop_id = p.shop_id and q.repeats_id = p.id and q.status <> 'voided' limit 1) as "repeatedIn",
        coalesce((select d.status from mail_delivery d where d.shop_id = p.shop_id and d.subject_id = p.id and d.kind = 'payment_advice'
          order by d.requested_at desc limit 1), 'none') as "mailStatus"
      from payout p left join creator c on c.id = p.creator_id left join payout_method m on m.id = p.method_id
      where p.shop_id = ${shop.id} and p.run_id = ${id}::uuid
      order by lower(c.name), p.reference`
    const events = await tx.payoutEvent.findMany({
      where: { runId: id },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: 300,
    })
    const { payerAccountEnding } = await tx.shop.findUniqueOrThrow({
      where: { id: shop.id },
      select: { payerAccountEnding: true },
    })
    const approvals = readApprovals(run.approvals)
    const counted = payouts.filter(({ status }) => status !== 'voided' || run.status === 'voided')
    const takenBack = payouts.filter(({ status, journalSeq }) =>
      wasTakenBack({ status, isSent: journalSeq !== null }),
    )
    const sum = (pick: 'gross' | 'withheld' | 'net') =>
      String(counted.reduce((total, payout) => total + payout[pick], 0n))
    return {
      id: run.id,
      number: run.number,
      status: run.status,
      currency: run.currency,
      executeOn: run.executeOn.toISOString().slice(0, 10),
      createdAt: run.createdAt.toISOString(),
      createdBy: run.createdBy,
      revision: run.revision,
      approvals,
      approvalsNeeded: run.approvalsNeeded,
      approvedByMe: approvals.some(({ by }) => by === actor),
      grossMinor: sum('gross'),
      withheldMinor: sum('withheld'),
      netMinor: sum('net'),
      payouts: payouts.map(
        ({ gross, withheld, net, recouped, journalSeq, reversalSeq, income, ...rest }) => ({
          ...rest,
          grossMinor: String(gross),
          withheldMinor: String(withheld),
          netMinor: String(net),
          recoupedMinor: String(recouped),
          journalSeq: journalSeq?.toString() ?? null,
          reversalSeq: reversalSeq?.toString() ?? null,
          income: readIncome(income),
        }),
      ),
      formats:
        takenBack.length === 0 ? formatsOf(counted.map(({ methodKind }) => methodKind)) : listOf(payouts),
      takenBack: takenBack.map(({ creatorName }) => creatorName),
      hasPayerAccount: payerAccountEnding !== null,
      events: events.map((event) => ({
        id: event.id,
        at: event.at.toISOString(),
        kind: event.kind,
        actor: event.actor,
        facts: shownFacts(event.facts),
      })),
      timeZone: shop.timeZone,
    }
  })
}

function listOf(payouts: ReadonlyArray<{ status: string }>): PayoutFormat[] {
  return payouts.some(({ status }) => status !== 'voided' && status !== 'failed') ? ['csv'] : []
}

/** Only what the history says aloud: some events keep sealed accounts for files. */
const SHOWN = [
  'reference',
  'reason',
  'format',
  'digest',
  'payouts',
  'repeats',
  'inRun',
  'count',
  'needed',
] as const

function shownFacts(facts: unknown): Record<string, string> {
  const given = (facts ?? {}) as Record<string, unknown>
  return Object.fromEntries(
    SHOWN.flatMap((name) => {
      const value = given[name]
      return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : []
    }),
  )
}
