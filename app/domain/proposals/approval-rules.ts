// How many people must agree. Raising protects at once; lowering is what a thief in one account would do first, so somebody else confirms it.

/** payout_approvals: people who approve a run, 1 or 2. second_person: whether adjustments and advances need one, 0 or 1. */
export const APPROVAL_RULES = ['payout_approvals', 'second_person'] as const
export type ApprovalRule = (typeof APPROVAL_RULES)[number]

export type ApprovalLevels = Record<ApprovalRule, number>

export interface RuleChange {
  rule: ApprovalRule
  from: number
  to: number
  needsSecond: boolean
}

const HIGHEST: ApprovalLevels = { payout_approvals: 2, second_person: 1 }
const LOWEST: ApprovalLevels = { payout_approvals: 1, second_person: 0 }

/** What saving these levels asks for; null when one of them is none. */
export function planRuleChanges(standing: ApprovalLevels, wanted: ApprovalLevels): RuleChange[] | null {
  const isLevel = (rule: ApprovalRule) =>
    Number.isInteger(wanted[rule]) && wanted[rule] >= LOWEST[rule] && wanted[rule] <= HIGHEST[rule]
  if (!APPROVAL_RULES.every(isLevel)) return null
  return APPROVAL_RULES.flatMap((rule) => {
    const [from, to] = [standing[rule], wanted[rule]]
    return from === to ? [] : [{ rule, from, to, needsSecond: to < from }]
  })
}

export function isApprovalRule(text: string): text is ApprovalRule {
  return APPROVAL_RULES.some((rule) => rule === text)
}
