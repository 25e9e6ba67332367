import { BlockStack, Card, FormLayout, Select, Text, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { CREATOR_LOCALES } from '#app/domain/creators/parse-creator-input.ts'
import type { FormHandle } from '../form/save-bar-form.tsx'
import { ChannelFields } from './channel-fields.tsx'
import type { CreatorFormValues } from './creator-form-values.ts'

/** The fields of a creator, for adding and editing alike. The handle is set once: numbers that were printed begin with it. */
export function CreatorFields({
  form,
  handleLocked,
}: {
  form: FormHandle<CreatorFormValues>
  handleLocked: boolean
}) {
  const { t } = useTranslation()
  return (
    <BlockStack gap="400">
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            {t('creators.form.who')}
          </Text>
          <FormLayout>
            <TextField
              label={t('creators.form.name')}
              autoComplete="off"
              maxLength={120}
              requiredIndicator
              {...form.text('name')}
            />
            <TextField
              label={t('creators.form.email')}
              type="email"
              autoComplete="off"
              helpText={t('creators.form.whoHelp')}
              requiredIndicator
              {...form.text('email')}
            />
            <FormLayout.Group>
              <TextField
                label={t('creators.form.handle')}
                autoComplete="off"
                helpText={handleLocked ? t('creators.form.handleLocked') : t('creators.form.handleHelp')}
                disabled={handleLocked}
                requiredIndicator={!handleLocked}
                {...form.text('handle')}
              />
              <Select
                label={t('creators.form.locale')}
                options={CREATOR_LOCALES.map((value) => ({
                  value,
                  label: t(`creators.form.locales.${value}`),
                }))}
                {...form.text('locale')}
              />
            </FormLayout.Group>
          </FormLayout>
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="400">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              {t('creators.form.reach')}
            </Text>
            <Text as="p" tone="subdued">
              {t('creators.form.reachHelp')}
            </Text>
          </BlockStack>
          <ChannelFields form={form} />
        </BlockStack>
      </Card>
      <Card>
        <TextField
          label={t('creators.form.notes')}
          helpText={t('creators.form.notesHelp')}
          multiline={4}
          maxLength={5000}
          autoComplete="off"
          {...form.text('notes')}
        />
      </Card>
    </BlockStack>
  )
}
