import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { fill } from '../messages/messages-for.ts'
import { type Telling, writeMonth } from './telling.ts'

export interface MaturityFacts {
  /** A date, or a month when many dates were folded. */
  on: string
  when: string
  amount: string
  sentence: string
}

const DATES_SHOWN = 10

/** Up to ten dates stand as they are; more of them are folded by month, so that no list of ninety days pushes the figures off the page. */
export function foldMaturities(
  maturities: StatementDocument['maturities'],
  telling: Telling,
  writeOn: (date: string) => string,
): MaturityFacts[] {
  if (maturities.length <= DATES_SHOWN) {
    return maturities.map(({ on, amountMinor }) => {
      const [when, amount] = [writeOn(on), telling.money(amountMinor)]
      const sentence = fill(telling.statementWords.becomesPayableOn, { amount, date: when })
      return { on, when, amount, sentence }
    })
  }
  const months = new Map<string, bigint>()
  for (const { on, amountMinor } of maturities) {
    const month = on.slice(0, 7)
    months.set(month, (months.get(month) ?? 0n) + BigInt(amountMinor))
  }
  return [...months].map(([month, minor]) => {
    const [when, amount] = [writeMonth(month, telling), telling.money(minor)]
    return { on: month, when, amount, sentence: fill(telling.words.perMonth, { amount, month: when }) }
  })
}
