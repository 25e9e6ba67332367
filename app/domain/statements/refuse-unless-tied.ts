import type { CreatorFigures, StatementParticulars, StatementRefusal } from './statement-input.ts'

/** Whether the statement meets the ledger: closing, opening against the last closing, held by dates, advances, named terms. */
export function refuseUnlessTied(
  about: StatementParticulars,
  figures: CreatorFigures,
  closingMinor: bigint,
  namedVersions: ReadonlySet<string>,
): StatementRefusal | null {
  const lastClosing = about.previousStatement?.closingMinor
  if (lastClosing !== undefined && figures.openingMinor !== lastClosing) {
    const openingMinor = `${figures.openingMinor}`
    return { reason: 'opening_differs_from_last_closing', openingMinor, lastClosingMinor: `${lastClosing}` }
  }
  if (closingMinor !== figures.closingMinor) {
    const ledgerMinor = `${figures.closingMinor}`
    return { reason: 'closing_differs_from_ledger', closingMinor: `${closingMinor}`, ledgerMinor }
  }
  const maturing = figures.maturities.reduce((total, maturity) => total + maturity.amountMinor, 0n)
  if (maturing !== figures.heldMinor) {
    const heldMinor = `${figures.heldMinor}`
    return { reason: 'maturities_differ_from_held', maturitiesMinor: `${maturing}`, heldMinor }
  }
  const { advance } = figures
  const paid = advance.closingMinor - advance.openingMinor + advance.recoupedMinor
  // Taken back what was never paid: a recoupment too many.
  if (advance.closingMinor < 0n) return { reason: 'advance_does_not_add_up', paidMinor: `${paid}` }
  const known = new Set(about.agreements.map((agreement) => agreement.versionId))
  const versionId = [...namedVersions].find((id) => !known.has(id))
  return versionId === undefined ? null : { reason: 'unknown_agreement_version', versionId }
}
