// How many people must agree, and who may change that: raised at once, lowered when a second person confirms it.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { isRowId, newRowId } from '#app/adapters/db/row-id.ts'
import {
  type ApprovalLevels,
  type ApprovalRule,
  isApprovalRule,
  planRuleChanges,
} from '#app/domain/proposals/approval-rules.ts'
import { type Decided, type Decision, decideProposal, proposalOf } from '#app/domain/proposals/proposal.ts'
import type { ShopContext } from '../context.ts'

type Context = Pick<ShopContext, 'db' | 'shop' | 'clock'>

export type SaveApprovalRulesResult =
  /** `waiting`: what stays as it is until somebody else confirms it. */
  { ok: true; waiting: ApprovalRule[] } | { ok: false; reason: 'approvals_out_of_range' }

export async function saveApprovalRules(
  ctx: Context,
  input: { levels: ApprovalLevels; actor: string },
): Promise<SaveApprovalRulesResult> {
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx): Promise<SaveApprovalRulesResult> => {
    const changes = planRuleChanges(await lockLevels(tx, shopId), input.levels)
    if (!changes) return { ok: false, reason: 'approvals_out_of_range' }
    const now = ctx.clock.now()
    const waiting: ApprovalRule[] = []
    for (const { rule, from, to, needsSecond } of changes) {
      if (needsSecond) waiting.push(rule)
      // Asked for twice it is still the first person's wish: the second one has not confirmed it by that.
      const known = { shopId, rule, status: 'proposed' }
      if (needsSecond && (await tx.approvalRuleChange.count({ where: known })) > 0) continue
      await tx.approvalRuleChange.create({
        data: {
          id: newRowId(),
          shopId,
          rule,
          fromLevel: from,
          toLevel: to,
          proposedBy: input.actor,
          proposedAt: now,
          needsSecond,
          ...(needsSecond ? {} : { status: 'agreed', decidedBy: input.actor, decidedAt: now }),
        },
      })
      if (!needsSecond) await setLevel(tx, shopId, rule, to)
    }
    return { ok: true, waiting }
  })
}

export type DecideRuleChangeResult = Decided | { ok: false; reason: 'unknown_rule_change' }

/** Confirms a lower rule, or takes the wish back. */
export async function decideRuleChange(
  ctx: Context,
  input: { changeId: string; decision: Decision; actor: string },
): Promise<DecideRuleChangeResult> {
  if (!isRowId(input.changeId)) return { ok: false, reason: 'unknown_rule_change' }
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx): Promise<DecideRuleChangeResult> => {
    await lockLevels(tx, shopId)
    const row = await tx.approvalRuleChange.findUnique({ where: { id: input.changeId } })
    if (!row || !isApprovalRule(row.rule)) return { ok: false, reason: 'unknown_rule_change' }
    const decided = decideProposal(proposalOf(row), input.decision, input.actor)
    if (!decided.ok || !decided.changed) return decided
    await tx.approvalRuleChange.update({
      where: { id: row.id },
      data: { status: decided.status, decidedBy: input.actor, decidedAt: ctx.clock.now() },
    })
    if (decided.status === 'agreed') await setLevel(tx, shopId, row.rule, row.toLevel)
    return decided
  })
}

/** The rules as they stand. Locks them: of two people who change them at once the second sees what the first did. */
async function lockLevels(tx: ShopTransaction, shopId: number): Promise<ApprovalLevels> {
  await tx.$queryRaw`select 1 from shop where id = ${shopId} for update`
  const { payoutApprovals, adjustmentsNeedSecond } = await tx.shop.findUniqueOrThrow({
    where: { id: shopId },
    select: { payoutApprovals: true, adjustmentsNeedSecond: true },
  })
  return { payout_approvals: payoutApprovals, second_person: adjustmentsNeedSecond ? 1 : 0 }
}

function setLevel(tx: ShopTransaction, shopId: number, rule: ApprovalRule, level: number) {
  const data = rule === 'payout_approvals' ? { payoutApprovals: level } : { adjustmentsNeedSecond: level > 0 }
  return tx.shop.update({ where: { id: shopId }, data })
}
