import { List, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { describeTerms, termsLanguage } from '#app/domain/agreements/describe-terms.ts'
import { remarkOnTerms } from '#app/domain/agreements/remark-on-terms.ts'
import type { AgreementFormView } from '#app/features/agreements/agreement-form-view.server.ts'
import { type AgreementFormValues, readTerms } from './agreement-form-values.ts'
import { Section } from './section.tsx'

export interface TermsInWordsProps {
  values: AgreementFormValues
  view: Pick<AgreementFormView, 'currency' | 'creators'>
  titles: AgreementFormView['titles']
}

/** What the creator will read, as soon as the form makes sense as a whole. */
export function TermsInWords({ values, view, titles }: TermsInWordsProps) {
  const { t, i18n } = useTranslation()
  const parsed = readTerms(values, view.currency)
  if (!parsed.ok) return null
  const sentences = describeTerms(parsed.terms, {
    locale: i18n.language,
    retroactive: values.retroactive,
    productTitles: new Map(Object.entries(titles.products)),
    collectionTitles: new Map(Object.entries(titles.collections)),
  })
  const creator = view.creators.find(({ id }) => id === values.creatorId)
  const language = creator && termsLanguage(creator.locale)
  const isOther = language !== undefined && language !== termsLanguage(i18n.language)
  const languages = new Intl.DisplayNames([i18n.language], { type: 'language' })
  const help = isOther
    ? t('agreements.form.inWordsOther', { name: creator?.name ?? '', language: languages.of(language) ?? '' })
    : t('agreements.form.inWordsHelp')
  return (
    <Section title={t('agreements.form.inWords')} help={help}>
      <List>
        {sentences.map((sentence) => (
          <List.Item key={sentence.text}>
            <Text as="span">{sentence.text}</Text>
          </List.Item>
        ))}
      </List>
      {remarkOnTerms(parsed.terms).map((remark) => (
        <Text as="p" tone="subdued" key={remark}>
          {t(`agreements.remark.${remark}`)}
        </Text>
      ))}
    </Section>
  )
}
