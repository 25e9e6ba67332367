import './settings.css'
import { Card, FormLayout, Layout, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { FormHandle } from '../form/save-bar-form.tsx'

export type SettingsValues = {
  returnWindowDays: string
  maxTotalShare: string
  senderName: string
  replyTo: string
}

/** Return window and the cap that protects the margin. */
export function RoyaltySettings({ form }: { form: FormHandle<SettingsValues> }) {
  const { t } = useTranslation()
  return (
    <Layout.AnnotatedSection title={t('settings.royalties.title')} description={t('settings.royalties.body')}>
      <Card>
        <FormLayout>
          <TextField
            {...form.text('returnWindowDays')}
            label={t('settings.royalties.returnWindow')}
            helpText={t('settings.royalties.returnWindowHelp')}
            suffix={t('settings.royalties.days')}
            inputMode="numeric"
            autoComplete="off"
          />
          <TextField
            {...form.text('maxTotalShare')}
            label={t('settings.royalties.cap')}
            helpText={t('settings.royalties.capHelp')}
            suffix="%"
            inputMode="decimal"
            autoComplete="off"
          />
        </FormLayout>
      </Card>
    </Layout.AnnotatedSection>
  )
}

/** In whose name mails go out, and where answers go. */
export function MailSettings({
  form,
  shopName,
  shopEmail,
}: {
  form: FormHandle<SettingsValues>
  shopName: string
  shopEmail: string | null
}) {
  const { t } = useTranslation()
  return (
    <Layout.AnnotatedSection title={t('settings.mail.title')} description={t('settings.mail.body')}>
      <Card>
        <FormLayout>
          <TextField
            {...form.text('senderName')}
            label={t('settings.mail.senderName')}
            helpText={t('settings.mail.senderNameHelp')}
            placeholder={shopName}
            autoComplete="off"
          />
          <TextField
            {...form.text('replyTo')}
            label={t('settings.mail.replyTo')}
            helpText={t('settings.mail.replyToHelp')}
            placeholder={shopEmail ?? ''}
            inputMode="email"
            autoComplete="off"
          />
        </FormLayout>
      </Card>
    </Layout.AnnotatedSection>
  )
}
