// Another program that knows double entry, asked for the same balances.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Database } from '#app/adapters/db/database.ts'
import { readJournals } from '#app/adapters/db/ledger-reader.ts'
import type { PostedJournal } from '#app/domain/ledger/journal-draft.ts'
import { hledgerAccount, toHledger } from '#app/domain/ledger/to-hledger.ts'
import type { AccountTotal } from '#app/domain/ledger/trial-balance.ts'
import { toDecimalText } from '#app/domain/money/format-amount.ts'

export const hasHledger = spawnSync('hledger', ['--version'], { encoding: 'utf8' }).status === 0

/** The whole ledger of a shop as one hledger file. */
export async function exportLedger(db: Database, shopId: number): Promise<string> {
  return db.inShop(shopId, async (tx) => {
    const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } })
    const journals: PostedJournal[] = []
    for await (const journal of readJournals(tx, shopId)) journals.push(journal)
    return toHledger(journals, shop.timeZone)
  })
}

/** "account currency amount", sorted, as hledger has them. Throws when hledger does not accept the file, strictly. */
export function balancesByHledger(ledgerText: string): string[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'filigree-hledger-'))
  try {
    const file = path.join(folder, 'filigree.journal')
    fs.writeFileSync(file, ledgerText)
    hledger('-f', file, 'check', '--strict')
    return readBalances(hledger('-f', file, 'balance', '--flat', '--no-total', '-O', 'csv'))
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/** Our totals in the same words. */
export function inHledgerWords(totals: readonly AccountTotal[]): string[] {
  return totals
    .map(
      ({ account, currency, balanceMinor }) =>
        `${hledgerAccount(account)} ${currency} ${toDecimalText(balanceMinor, currency)}`,
    )
    .sort()
}

/** hledger writes "USD-12.50" or "-12.50 USD" by the commodity's style, and one row an account. */
export function readBalances(csv: string): string[] {
  const rows = csv.trim().split('\n').slice(1)
  return rows
    .map((row) => /^"([^"]+)","([^"]*)"$/.exec(row))
    .flatMap((match) => {
      const [, account = '', text = ''] = match ?? []
      if (account.startsWith('Total') || text === '0') return []
      return text.split(', ').map((one) => {
        const amount = /-?\d+(\.\d+)?/.exec(one.replaceAll(',', ''))?.[0] ?? '?'
        const currency = /[A-Z]{3}/.exec(one)?.[0] ?? '?'
        return `${account} ${currency} ${amount}`
      })
    })
    .sort()
}

function hledger(...args: string[]): string {
  const run = spawnSync('hledger', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (run.status !== 0) throw new Error(`hledger ${args.slice(2).join(' ')}: ${run.stderr}`)
  return run.stdout
}
