import { useTranslation } from 'react-i18next'

/** An account in words: "Product revenue", "Maya Linden, payable". */
export function AccountName({ code, creatorName }: { code: string; creatorName: string | null }) {
  const { t } = useTranslation()
  const bucket = /^creator\/.+\/(held|available)$/.exec(code)?.[1]
  if (bucket)
    return <>{t(`ledger.account.${bucket}`, { creator: creatorName || t('common.unknownCreator') })}</>
  return <>{t(`ledger.account.${code}`, { defaultValue: code })}</>
}
