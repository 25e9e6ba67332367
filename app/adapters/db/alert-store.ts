// Alerts: what a merchant has to look at. Raising one twice keeps one; resolving says that its cause is gone.

import type { ShopTransaction } from './database.ts'
import type { Prisma } from './generated/client.ts'
import { newRowId } from './row-id.ts'

export type AlertKind =
  | 'order_does_not_tie_out'
  | 'sale_changed'
  | 'journal_conflict'
  | 'ledger_broken'
  | 'mail_failed'
  | 'code_failed'
  | 'orders_not_found'
  | 'question_overdue'
  | 'act_failed'
  | 'wave_short'
  | 'drop_not_settled'
  | 'claim_untrue'
  | 'pass_not_sent'
  | 'limit_passed'
  | 'notice_failed'

export interface AlertInput {
  shopId: number
  /** One alert a key: kind and the id of what it is about. */
  key: string
  kind: AlertKind
  severity: 'info' | 'warning' | 'critical'
  facts: Record<string, string | number | boolean | null>
  raisedAt: Date
}

export async function raiseAlert(tx: ShopTransaction, alert: AlertInput): Promise<void> {
  const facts: Prisma.InputJsonObject = alert.facts
  await tx.alert.upsert({
    where: { shopId_key: { shopId: alert.shopId, key: alert.key } },
    create: { id: newRowId(), ...alert, facts },
    update: { facts, severity: alert.severity, resolvedAt: null },
  })
}

export async function resolveAlert(
  tx: ShopTransaction,
  shopId: number,
  key: string,
  at: Date,
): Promise<void> {
  await resolveAlerts(tx, shopId, [key], at)
}

/** Keys that no alert stands under do no harm. */
export async function resolveAlerts(
  tx: ShopTransaction,
  shopId: number,
  keys: readonly string[],
  at: Date,
): Promise<void> {
  if (keys.length === 0) return
  await tx.alert.updateMany({
    where: { shopId, key: { in: [...keys] }, resolvedAt: null },
    data: { resolvedAt: at },
  })
}

/** Those whose key begins so, but for the ones that are kept. */
export async function resolveAlertsUnder(
  tx: ShopTransaction,
  shopId: number,
  prefix: string,
  at: Date,
  kept: readonly string[] = [],
): Promise<void> {
  await tx.alert.updateMany({
    where: { shopId, key: { startsWith: prefix, notIn: [...kept] }, resolvedAt: null },
    data: { resolvedAt: at },
  })
}
