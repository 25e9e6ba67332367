import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'

/** An account in words: "Product revenue", "Maya Linden, payable". */
export function AccountName({ code, creatorName }: { code: string; creatorName: string | null }) {
  const { t } = useTranslation()
  return <>{accountWords(t, code, creatorName)}</>
}

export function accountWords(t: TFunction, code: string, creatorName: string | null): string {
  const bucket = bucketOf(code)
  if (bucket) return t(`ledger.account.${bucket}`, { creator: creatorName || t('common.unknownCreator') })
  return t(`ledger.account.${code}`, { defaultValue: code })
}

/** The journals of an account: where its figure comes from. */
export function accountUrl(
  code: string,
  given: { creatorId: string | null; currency?: string; period?: string; until?: string },
): string {
  const { creatorId, currency, period, until } = given
  const chosen = { creator: creatorId, account: bucketOf(code) ?? code, currency, period, until }
  const filled = Object.entries(chosen).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return `/app/ledger?${new URLSearchParams(filled)}`
}

function bucketOf(code: string): string | undefined {
  return /^creator\/.+\/(held|available|reserve|advance)$/.exec(code)?.[1]
}
