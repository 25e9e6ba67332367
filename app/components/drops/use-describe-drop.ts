import { useTranslation } from 'react-i18next'
import type { DropFormView } from '#app/features/drops/drop-form-view.server.ts'
import type { DescribeField } from '../form/clash-banner.tsx'
import type { DropFormValues } from './drop-form-values.ts'
import { localTimeText } from './plan-problems.ts'

/** The fields of a drop's form in words, for choosing between two people's values. */
export function useDescribeDrop(view: DropFormView): DescribeField {
  const { t, i18n } = useTranslation()
  const named = (known: Array<{ id: string; label: string }>) => (value: unknown) =>
    known.find(({ id }) => id === value)?.label ?? ''
  const yesNo = (value: unknown) => t(value ? 'drops.form.yes' : 'drops.form.no')
  const acts = (value: unknown) =>
    (value as DropFormValues['acts'])
      .map(({ kind, local }) => `${t(`drops.act.${kind}`)} ${localTimeText(local, i18n.language)}`)
      .join(' · ')
  const pieces = (value: unknown) => (value as DropFormValues['pieces']).map(({ title }) => title).join(', ')
  const waves = (value: unknown) =>
    (value as DropFormValues['waves']).map(({ units }) => t('drops.form.units', { units })).join(', ')
  const fields: Record<string, [label: string, text: (value: unknown) => string]> = {
    title: [t('drops.form.title'), String],
    handle: [t('drops.form.handle'), String],
    acts: [t('drops.form.timeline'), acts],
    pieces: [t('drops.form.pieces'), pieces],
    waves: [t('drops.form.waves.title'), waves],
    limit: [t('drops.form.limit'), String],
    earlyTags: [t('drops.form.earlyTags'), String],
    earlyTiers: [t('drops.form.earlyTiers'), String],
    earlyPastBuyers: [t('drops.form.earlyPastBuyers'), yesNo],
    earlyPasses: [t('drops.form.earlyPasses'), yesNo],
    priceKind: [t('drops.form.price'), (value) => t(`drops.form.prices.${value}`)],
    priceOff: [t('drops.form.priceOff'), String],
    lowAt: [t('drops.form.lowAt'), String],
    lastAt: [t('drops.form.lastAt'), String],
    arrivalBasis: [t('drops.form.arrivalBasis'), (value) => t(`drops.form.arrivals.${value || 'none'}`)],
    arrivalFrom: [t('drops.form.arrivalFrom'), String],
    arrivalTo: [t('drops.form.arrivalTo'), String],
    story: [t('drops.form.story'), String],
    creatorId: [t('drops.form.creator'), named(view.creators.map(({ id, name }) => ({ id, label: name })))],
    agreementId: [
      t('drops.form.agreement'),
      named(view.agreements.map(({ id, title }) => ({ id, label: title }))),
    ],
  }
  return (name, value) => {
    const field = fields[name]
    return field ? { label: field[0], text: field[1](value) } : null
  }
}
