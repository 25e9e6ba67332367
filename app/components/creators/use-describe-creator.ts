import { useTranslation } from 'react-i18next'
import type { DescribeField } from '../form/clash-banner.tsx'
import type { ChannelDraft } from './creator-form-values.ts'

/** The fields of a creator's form in words, for choosing between two people's values. */
export function useDescribeCreator(): DescribeField {
  const { t } = useTranslation()
  const channel = ({ platform, handle, url }: ChannelDraft) =>
    [t(`creators.form.platforms.${platform}`), handle || url].filter(Boolean).join(' ')
  const fields: Record<string, [label: string, text: (value: unknown) => string]> = {
    name: [t('creators.form.name'), String],
    email: [t('creators.form.email'), String],
    locale: [t('creators.form.locale'), (value) => t(`creators.form.locales.${value}`)],
    channels: [t('creators.form.reach'), (value) => (value as ChannelDraft[]).map(channel).join(', ')],
    notes: [t('creators.form.notes'), String],
  }
  return (name, value) => {
    const field = fields[name]
    return field ? { label: field[0], text: field[1](value) } : null
  }
}
