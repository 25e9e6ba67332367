import type { Sentence } from '../sentence.ts'
import type { AgreementTerms, TierTerms } from './terms.ts'
import type { TermsWriter } from './terms-writer.ts'

/** Where it is counted, what counts, then the stairs from the lowest up. */
export function describeTiers(terms: AgreementTerms, tiers: TierTerms, writer: TermsWriter): Sentence[] {
  const ofPeriod = terms.period === 'monthly' ? 'month' : 'quarter'
  const window = tiers.window === 'period' ? ofPeriod : tiers.window
  return [
    writer.say(`terms.tiers.window.${window}`),
    writer.say(`terms.tiers.counts.${tiers.basis}`),
    ...(tiers.mode === 'retroactive'
      ? describeWhole(tiers, writer)
      : describeStairs(terms.shareBps, tiers, writer)),
    writer.say('terms.tiers.paid'),
  ]
}

function describeWhole({ basis, steps }: TierTerms, writer: TermsWriter): Sentence[] {
  return steps.map(({ from, shareBps }) => {
    const share = writer.percent(shareBps)
    return basis === 'net'
      ? writer.say('terms.tiers.whole.net', { from: writer.money(from), share })
      : writer.say('terms.tiers.whole.units', { share }, BigInt(from))
  })
}

function describeStairs(baseBps: number, { basis, steps }: TierTerms, writer: TermsWriter): Sentence[] {
  const count = (units: string) => new Intl.NumberFormat(writer.voice.locale).format(BigInt(units))
  const first = steps[0]?.from ?? '0'
  const base = writer.percent(baseBps)
  const begin =
    basis === 'net'
      ? writer.say('terms.tiers.net.first', { to: writer.money(first), share: base })
      : writer.say('terms.tiers.units.first', { share: base }, BigInt(first))
  const rest = steps.map(({ from, shareBps }, index) => {
    const share = writer.percent(shareBps)
    const to = steps[index + 1]?.from
    if (basis === 'net') {
      return to === undefined
        ? writer.say('terms.tiers.net.above', { from: writer.money(from), share })
        : writer.say('terms.tiers.net.between', { from: writer.money(from), to: writer.money(to), share })
    }
    return to === undefined
      ? writer.say('terms.tiers.units.above', { share }, BigInt(from))
      : writer.say('terms.tiers.units.between', { to: count(to), share })
  })
  return [begin, ...rest]
}
