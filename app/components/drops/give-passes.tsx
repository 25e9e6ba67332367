import {
  BlockStack,
  Button,
  Card,
  Checkbox,
  FormLayout,
  InlineStack,
  Select,
  Text,
  TextField,
} from '@shopify/polaris'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GUEST_LOCALES } from '#app/domain/drops/guest-list.ts'
import { usePost } from '../creators/row-action.tsx'
import { refusalText } from '../form/form-outcome.ts'
import { useEarlyTyping, useIsAlive } from '../form/use-early-typing.ts'

const FORM_ID = 'give-passes'

/** Takes addresses and gives each a pass. What was typed stays until it was taken. */
export function GivePasses({ locale: shopLocale }: { locale: string }) {
  const { t } = useTranslation()
  const [guests, setGuests] = useState('')
  const [locale, setLocale] = useState(shopLocale)
  const [mailed, setMailed] = useState(true)
  const alive = useIsAlive()
  const empty = useCallback(() => setGuests(''), [])
  const { submit, busy, refused } = usePost('passes.give.done', empty)
  useEarlyTyping(FORM_ID, (early) => {
    if (early.guests !== undefined) setGuests(early.guests)
    if (early.locale !== undefined) setLocale(early.locale)
  })
  return (
    <Card>
      <form
        id={FORM_ID}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit({ intent: 'give-passes', guests, locale, mailed: String(mailed) })
        }}
      >
        <BlockStack gap="300">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              {t('passes.give.title')}
            </Text>
            <Text as="p" tone="subdued">
              {t('passes.give.help')}
            </Text>
          </BlockStack>
          <FormLayout>
            <TextField
              label={t('passes.give.guests')}
              name="guests"
              value={guests}
              onChange={setGuests}
              helpText={t('passes.give.guestsHelp')}
              multiline={3}
              maxHeight={240}
              autoComplete="off"
              spellCheck={false}
              error={refusalText(refused?.fields.guests, (key, params) => t(key, params ?? {}))}
            />
            <Select
              label={t('passes.give.locale')}
              name="locale"
              value={locale}
              onChange={setLocale}
              disabled={!mailed}
              options={GUEST_LOCALES.map((value) => ({ value, label: t(`passes.locales.${value}`) }))}
            />
            <Checkbox
              label={t('passes.give.mailed')}
              helpText={t('passes.give.mailedHelp')}
              checked={mailed}
              onChange={setMailed}
            />
          </FormLayout>
          <InlineStack align="end">
            <Button variant="primary" submit={alive} loading={busy}>
              {t('passes.give.submit')}
            </Button>
          </InlineStack>
        </BlockStack>
      </form>
    </Card>
  )
}
