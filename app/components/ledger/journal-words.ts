import type { TFunction } from 'i18next'

interface NamedJournal {
  kind: string
  /** What Shopify did, for sales: order, return, update. */
  action: string | null
  lineType: string | null
  title: string
}

/** "Sale · Moonstone ring", "Return · Shipping"; for other kinds what the journal is. */
export function journalWords(t: TFunction, { kind, action, lineType, title }: NamedJournal): string {
  const what =
    kind === 'sale' && action
      ? t(`ledger.action.${action}`, { defaultValue: action })
      : t(`ledger.kind.${kind}`, { defaultValue: kind })
  const about = title || (lineType ? t(`ledger.lineType.${lineType}`, { defaultValue: '' }) : '')
  return about ? `${what} · ${about}` : what
}
