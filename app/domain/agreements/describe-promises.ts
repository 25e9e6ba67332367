import type { Sentence } from '../sentence.ts'
import type { GuaranteeTerms, ReserveTerms, RetentionTerms, SubscriptionTerms } from './terms.ts'
import type { TermsWriter } from './terms-writer.ts'

export function describeReserve({ bps, days }: ReserveTerms, writer: TermsWriter): Sentence {
  return writer.say('terms.reserve', { share: writer.percent(bps) }, days)
}

export function describeSubscription(
  { cycles, decayBps }: SubscriptionTerms,
  writer: TermsWriter,
): Sentence[] {
  return decayBps === 0
    ? [writer.say('terms.subscription', {}, cycles)]
    : [writer.say('terms.subscription.decay', { decay: writer.percent(decayBps) }, cycles)]
}

export function describeRetention(retention: RetentionTerms, writer: TermsWriter): Sentence[] {
  return [describeBonus(retention, writer), writer.say('terms.retention.returns')]
}

function describeBonus(
  { withinDays, minimumNetMinor, reward }: RetentionTerms,
  writer: TermsWriter,
): Sentence {
  const minimum = writer.money(minimumNetMinor)
  if (reward.kind === 'fixed') {
    const params = { minimum, amount: writer.money(reward.amountMinor) }
    return writer.say('terms.retention.fixed', params, withinDays)
  }
  const share = writer.percent(reward.bps)
  return BigInt(minimumNetMinor) === 0n
    ? writer.say('terms.retention.share.any', { share }, withinDays)
    : writer.say('terms.retention.share', { minimum, share }, withinDays)
}

export function describeGuarantee(guarantee: GuaranteeTerms, writer: TermsWriter): Sentence[] {
  if (guarantee.kind === 'minimum') {
    const amount = writer.money(guarantee.amountMinor)
    const promise = writer.say(`terms.guarantee.${guarantee.window}`, { amount })
    return guarantee.window === 'agreement' ? [promise] : [promise, writer.say('terms.guarantee.running')]
  }
  const params = {
    amount: writer.money(guarantee.perUnitMinor),
    date: writer.date(guarantee.until),
    list: writer.products(guarantee.productIds),
  }
  return [
    writer.say('terms.guarantee.restock', params, guarantee.units),
    writer.say('terms.guarantee.higher'),
  ]
}
