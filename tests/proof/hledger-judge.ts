// Another program that knows double entry: it must accept a shop's exported books, strictly, and reach the same balances.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'vitest'
import type { Database } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import { readJournals } from '#app/adapters/db/ledger-reader.ts'
import { hledgerAccount, hledgerPreamble, hledgerTransaction } from '#app/domain/ledger/to-hledger.ts'
import { toDecimalText } from '#app/domain/money/format-amount.ts'
import { readTrialBalance } from '#app/features/ledger/trial-balance.server.ts'

export function hledgerIsInstalled(): boolean {
  return spawnSync('hledger', ['--version'], { encoding: 'utf8' }).status === 0
}

/** Returns how many balances were compared. */
export async function judgedByHledger(db: Database, shop: Shop): Promise<number> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'filigree-oracle-'))
  const file = path.join(folder, 'books.journal')
  fs.writeFileSync(file, await exported(db, shop))
  try {
    expect(hledger('-f', file, 'check', '--strict')).toBe('')
    const theirs = hledger('-f', file, 'balance', '--flat', '--no-total', '-O', 'csv')
    const ours = (await readTrialBalance(db, shop.id)).map(
      ({ account, currency, balanceMinor }) =>
        `${hledgerAccount(account)} ${currency} ${toDecimalText(balanceMinor, currency)}`,
    )
    expect(readBalances(theirs)).toEqual(ours.sort())
    return ours.length
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

async function exported(db: Database, shop: Shop): Promise<string> {
  const lines: string[] = []
  await db.inShop(shop.id, async (tx) => {
    const accounts = await tx.account.findMany({ where: { shopId: shop.id } })
    lines.push(
      hledgerPreamble(
        accounts.map(({ code }) => code),
        accounts.map(({ currency }) => currency),
      ),
    )
    for await (const journal of readJournals(tx, shop.id))
      lines.push(hledgerTransaction(journal, shop.timeZone))
  })
  return lines.join('\n')
}

function hledger(...args: string[]): string {
  const run = spawnSync('hledger', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  expect([run.status, run.stderr]).toEqual([0, ''])
  return run.stdout
}

/** "account currency balance", sorted. */
function readBalances(csv: string): string[] {
  return csv
    .trim()
    .split('\n')
    .slice(1)
    .flatMap((row) => {
      const [, account = '', text = ''] = /^"([^"]+)","([^"]*)"$/.exec(row) ?? []
      const amount = /-?\d+(\.\d+)?/.exec(text.replaceAll(',', ''))?.[0]
      const currency = /[A-Z]{3}/.exec(text)?.[0]
      return amount === undefined || Number(amount) === 0 ? [] : [`${account} ${currency} ${amount}`]
    })
    .sort()
}
