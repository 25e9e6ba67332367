import { Banner, BlockStack, Layout, List, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { describeTerms } from '#app/domain/agreements/describe-terms.ts'
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'
import type { AgreementFormView } from '#app/features/agreements/agreement-form-view.server.ts'
import { type FormHandle, SaveBarForm } from '../form/save-bar-form.tsx'
import { AgreementFields, Section } from './agreement-fields.tsx'
import { type AgreementFormValues, readTerms } from './agreement-form-values.ts'
import { othersOnOnePiece } from './others-on-one-piece.ts'
import { SamplePanel } from './sample-panel.tsx'

/** The form of an agreement beside a preview that follows every keystroke. */
export function AgreementEditor({
  view,
  initial,
}: {
  view: AgreementFormView
  initial: AgreementFormValues
}) {
  const { t } = useTranslation()
  return (
    <SaveBarForm id="agreement" initial={initial} alwaysSavable={view.editing !== null}>
      {(form) => (
        <Layout>
          <Layout.Section>
            <BlockStack gap="400">
              {view.editing?.hasAcceptedVersion && view.editing.draftHash === null ? (
                <Banner tone="info">
                  {t('agreements.form.newVersion', { number: view.editing.nextNumber })}
                </Banner>
              ) : null}
              <AgreementFields form={form} view={view} />
            </BlockStack>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <Preview form={form} view={view} />
          </Layout.Section>
        </Layout>
      )}
    </SaveBarForm>
  )
}

function Preview({ form, view }: { form: FormHandle<AgreementFormValues>; view: AgreementFormView }) {
  const parsed = readTerms(form.values, view.currency)
  // Half a form can already say what a sale pays: dates and names do not change it.
  const partly = readTerms(
    { ...form.values, startsOn: view.today, endsOn: '', minimumPayout: '0', holdDays: '0' },
    view.currency,
  )
  const terms = partly.ok ? partly.terms : null
  const { creatorId } = form.values
  return (
    <div style={{ position: 'sticky', top: 'var(--p-space-400)' }}>
      <BlockStack gap="400">
        <SamplePanel
          terms={terms}
          creatorName={view.creators.find((creator) => creator.id === creatorId)?.name ?? ''}
          others={terms ? othersOnOnePiece(terms, creatorId, view.others) : []}
          capBps={view.capBps}
          currency={view.currency}
        />
        {parsed.ok ? <InWords terms={parsed.terms} titles={view.titles} /> : null}
      </BlockStack>
    </div>
  )
}

function InWords({ terms, titles }: { terms: AgreementTerms; titles: AgreementFormView['titles'] }) {
  const { t, i18n } = useTranslation()
  const sentences = describeTerms(terms, {
    locale: i18n.language,
    productTitles: new Map(Object.entries(titles.products)),
    collectionTitles: new Map(Object.entries(titles.collections)),
  })
  return (
    <Section title={t('agreements.form.inWords')} help={t('agreements.form.inWordsHelp')}>
      <List>
        {sentences.map((sentence) => (
          <List.Item key={sentence.key}>
            <Text as="span">{sentence.text}</Text>
          </List.Item>
        ))}
      </List>
    </Section>
  )
}
