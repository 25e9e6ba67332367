// The parts of an agreement's form that fold out, as texts and as the JSON that they mean.
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'
import { toDecimalText } from '#app/domain/money/format-amount.ts'
import { parseAmount } from '#app/domain/money/parse-amount.ts'
import { parsePercent, toPercentText } from '#app/domain/money/percent.ts'

/** A row of the ladder as it is typed. */
export type TierStepText = {
  /** Tells rows apart while they come and go. */
  id: string
  /** Decimal text of an amount, or a number of pieces. */
  from: string
  share: string
}

export type PromiseFormValues = {
  hasTiers: boolean
  tierBasis: string
  tierWindow: string
  tierMode: string
  tierSteps: TierStepText[]
  hasReserve: boolean
  reserveShare: string
  reserveDays: string
  hasGuarantee: boolean
  guaranteeKind: string
  guaranteeAmount: string
  guaranteeWindow: string
  guaranteeUnits: string
  guaranteePerUnit: string
  guaranteeProductIds: string[]
  guaranteeUntil: string
  hasRetention: boolean
  retentionDays: string
  retentionMinimum: string
  retentionKind: string
  retentionAmount: string
  retentionShare: string
  hasSubscription: boolean
  subscriptionCycles: string
  subscriptionDecay: string
}

/** Nothing agreed; what a part would begin with when it is folded out. */
export const noPromises: PromiseFormValues = {
  hasTiers: false,
  tierBasis: 'net',
  tierWindow: 'agreement',
  tierMode: 'marginal',
  tierSteps: [{ id: 'step-0', from: '', share: '' }],
  hasReserve: false,
  reserveShare: '10',
  reserveDays: '90',
  hasGuarantee: false,
  guaranteeKind: 'minimum',
  guaranteeAmount: '',
  guaranteeWindow: 'quarter',
  guaranteeUnits: '',
  guaranteePerUnit: '',
  guaranteeProductIds: [],
  guaranteeUntil: '',
  hasRetention: false,
  retentionDays: '180',
  retentionMinimum: '50',
  retentionKind: 'fixed',
  retentionAmount: '10',
  retentionShare: '5',
  hasSubscription: false,
  subscriptionCycles: '6',
  subscriptionDecay: '0',
}

export function promiseFormFrom(terms: AgreementTerms): PromiseFormValues {
  const money = (minor: string) => toDecimalText(BigInt(minor), terms.currency)
  const { tiers, reserve, guarantee, retention, subscription } = terms
  const values = { ...noPromises }
  if (tiers) {
    values.hasTiers = true
    values.tierBasis = tiers.basis
    values.tierWindow = tiers.window
    values.tierMode = tiers.mode
    values.tierSteps = tiers.steps.map(({ from, shareBps }, index) => ({
      id: `step-${index}`,
      from: tiers.basis === 'net' ? money(from) : from,
      share: toPercentText(shareBps),
    }))
  }
  if (reserve) {
    values.hasReserve = true
    values.reserveShare = toPercentText(reserve.bps)
    values.reserveDays = String(reserve.days)
  }
  if (guarantee) {
    values.hasGuarantee = true
    values.guaranteeKind = guarantee.kind
  }
  if (guarantee?.kind === 'minimum') {
    values.guaranteeAmount = money(guarantee.amountMinor)
    values.guaranteeWindow = guarantee.window
  }
  if (guarantee?.kind === 'restock') {
    values.guaranteeUnits = String(guarantee.units)
    values.guaranteePerUnit = money(guarantee.perUnitMinor)
    values.guaranteeProductIds = guarantee.productIds
    values.guaranteeUntil = guarantee.until
  }
  if (retention) {
    const { reward } = retention
    values.hasRetention = true
    values.retentionDays = String(retention.withinDays)
    values.retentionMinimum = money(retention.minimumNetMinor)
    values.retentionKind = reward.kind
    if (reward.kind === 'fixed') values.retentionAmount = money(reward.amountMinor)
    else values.retentionShare = toPercentText(reward.bps)
  }
  if (subscription) {
    values.hasSubscription = true
    values.subscriptionCycles = String(subscription.cycles)
    values.subscriptionDecay = toPercentText(subscription.decayBps)
  }
  return values
}

/** JSON for the domain's parser. What is not readable as a number goes on as null, for the parser to refuse. */
export function promisesJson(values: PromiseFormValues, currency: string): Record<string, unknown> {
  return {
    tiers: values.hasTiers
      ? {
          basis: values.tierBasis,
          window: values.tierWindow,
          mode: values.tierMode,
          steps: values.tierSteps.map(({ from, share }) => ({
            from: values.tierBasis === 'units' ? from.trim() : minorOf(from, currency),
            shareBps: bpsOf(share),
          })),
        }
      : null,
    reserve: values.hasReserve
      ? { bps: bpsOf(values.reserveShare), days: wholeOf(values.reserveDays) }
      : null,
    guarantee: values.hasGuarantee ? guaranteeJson(values, currency) : null,
    retention: values.hasRetention
      ? {
          withinDays: wholeOf(values.retentionDays),
          minimumNetMinor: minorOf(values.retentionMinimum || '0', currency),
          reward:
            values.retentionKind === 'fixed'
              ? { kind: 'fixed', amountMinor: minorOf(values.retentionAmount, currency) }
              : { kind: values.retentionKind, bps: bpsOf(values.retentionShare) },
        }
      : null,
    subscription: values.hasSubscription
      ? {
          cycles: wholeOf(values.subscriptionCycles),
          decayBps: bpsOf(values.subscriptionDecay.trim() || '0'),
        }
      : null,
  }
}

function guaranteeJson(values: PromiseFormValues, currency: string): Record<string, unknown> {
  return values.guaranteeKind === 'restock'
    ? {
        kind: 'restock',
        units: wholeOf(values.guaranteeUnits),
        perUnitMinor: minorOf(values.guaranteePerUnit, currency),
        productIds: values.guaranteeProductIds,
        until: values.guaranteeUntil,
      }
    : {
        kind: values.guaranteeKind,
        amountMinor: minorOf(values.guaranteeAmount, currency),
        window: values.guaranteeWindow,
      }
}

/** Of percent text, or null. */
export function bpsOf(text: string): number | null {
  const parsed = parsePercent(text)
  return parsed.ok ? parsed.bps : null
}

/** Digits of minor units, or null. A comma is read as a decimal point. */
export function minorOf(text: string, currency: string): string | null {
  const parsed = parseAmount(text.trim().replace(',', '.'), currency)
  return parsed.ok ? parsed.minor.toString() : null
}

export function wholeOf(text: string): number | null {
  return /^\d{1,7}$/.test(text.trim()) ? Number(text) : null
}
