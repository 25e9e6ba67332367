import { useTranslation } from 'react-i18next'
import type { Sentence } from '#app/domain/sentence.ts'

/** A sentence of the domain: translated where the reader's language has it, else its own English. */
export function SentenceText({ sentence }: { sentence: Sentence }) {
  const { t, i18n } = useTranslation()
  // Its English may quote names; it is shown as it is, never read as a pattern.
  return <>{i18n.exists(sentence.key) ? t(sentence.key, sentence.params) : sentence.text}</>
}
