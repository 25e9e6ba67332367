import { useTranslation } from 'react-i18next'
import type { AgreementFormView } from '#app/features/agreements/agreement-form-view.server.ts'
import { formatLocalDate } from '../figures/format-date.ts'
import type { DescribeField } from '../form/clash-banner.tsx'

/** The fields of an agreement's form in words, for choosing between two people's values. */
export function useDescribeTerms(currency: string, titles: AgreementFormView['titles']): DescribeField {
  const { t, i18n } = useTranslation()
  const percent = (value: unknown) => `${value}%`
  const date = (value: unknown) => (value ? formatLocalDate(String(value), 'date', i18n.language) : '')
  const named = (known: Record<string, string>) => (value: unknown) =>
    Array.isArray(value) ? value.map((id) => known[String(id)] ?? `#${id}`).join(', ') : ''
  const fields: Record<string, [label: string, text: (value: unknown) => string]> = {
    title: [t('agreements.form.title'), String],
    role: [t('agreements.form.role'), (value) => t(`common.role.${value}`)],
    scopeKind: [t('agreements.form.scope'), (value) => t(`agreements.form.scopes.${value}`)],
    productIds: [t('agreements.form.scopes.products'), named(titles.products)],
    collectionIds: [t('agreements.form.scopes.collections'), named(titles.collections)],
    share: [t('agreements.form.shareOfNet'), percent],
    paymentFee: [t('agreements.form.paymentFee'), percent],
    period: [t('agreements.form.period'), (value) => t(`agreements.form.periods.${value}`)],
    minimumPayout: [t('agreements.form.minimum'), (value) => `${value} ${currency}`],
    holdDays: [t('agreements.form.hold'), (value) => `${value} ${t('agreements.form.days')}`],
    startsOn: [t('agreements.form.startsOn'), date],
    endsOn: [t('agreements.form.endsOn'), date],
  }
  return (name, value) => {
    const field = fields[name]
    return field ? { label: field[0], text: field[1](value) } : null
  }
}
