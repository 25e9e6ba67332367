import { exponentOf } from '../money/currency.ts'
import { toDecimalText } from '../money/format-amount.ts'
import { localDateOf } from '../time/instant.ts'
import { type AccountKind, describeAccount } from './accounts.ts'
import type { PostedJournal } from './journal-draft.ts'

const TYPES: Record<AccountKind, string> = { asset: 'A', liability: 'L', revenue: 'R', expense: 'X' }
const ROOT = 'filigree:'

/** creator/7/held is filigree:creator:7:held. */
export function hledgerAccount(code: string): string {
  return ROOT + code.replaceAll('/', ':')
}

/** The account code behind a name of an export; null for names that are none of ours. */
export function accountCodeFromHledger(name: string): string | null {
  return name.startsWith(ROOT) ? name.slice(ROOT.length).replaceAll(':', '/') : null
}

/** The declarations that an hledger journal begins with. Passes `hledger check --strict`. */
export function hledgerPreamble(accounts: Iterable<string>, currencies: Iterable<string>): string {
  const lines = ['decimal-mark .']
  for (const currency of [...new Set(currencies)].sort()) {
    // The mark is needed for currencies without decimals too: "1000." says that there are none.
    const decimals = '0'.repeat(exponentOf(currency))
    lines.push(`commodity 1000.${decimals} ${currency}`)
  }
  for (const code of [...new Set(accounts)].sort()) {
    lines.push(`account ${hledgerAccount(code)}  ; type:${TYPES[describeAccount(code).kind]}`)
  }
  return `${lines.join('\n')}\n`
}

/** One transaction, dated by the shop's calendar. */
export function hledgerTransaction(journal: PostedJournal, timeZone: string): string {
  const date = localDateOf(journal.effectiveAt, timeZone)
  const lines = [`${date} (${journal.seq}) ${journal.kind}  ; fact: ${journal.factKey}`]
  for (const { account, amountMinor } of journal.postings) {
    lines.push(
      `    ${hledgerAccount(account)}  ${toDecimalText(amountMinor, journal.currency)} ${journal.currency}`,
    )
  }
  return `${lines.join('\n')}\n`
}

/** Journals as one hledger file, in the order given. Large ledgers: stream preamble and transactions instead. */
export function toHledger(journals: readonly PostedJournal[], timeZone: string): string {
  const accounts = journals.flatMap((journal) => journal.postings.map((posting) => posting.account))
  const preamble = hledgerPreamble(
    accounts,
    journals.map((journal) => journal.currency),
  )
  return [preamble, ...journals.map((journal) => hledgerTransaction(journal, timeZone))].join('\n')
}
