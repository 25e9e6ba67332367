import '../layout/fact-list.css'
import { Link } from '@remix-run/react'
import { BlockStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { Sentence } from '#app/domain/sentence.ts'
import { DateText } from '../figures/date-text.tsx'
import { SentenceText } from '../figures/sentence-text.tsx'
import { FactList } from '../layout/fact-list.tsx'
import { SectionCard } from '../layout/section-card.tsx'

/** Winners and losers of the line, in sentences. */
export function WhyThisCreator({ why }: { why: Sentence[] }) {
  const { t } = useTranslation()
  return (
    <SectionCard title={t('ledger.journal.why')}>
      <Sentences sentences={why} />
    </SectionCard>
  )
}

export interface AgreementItem {
  agreementId: string
  versionId: string
  title: string
  version: number
  role: string
  creatorName: string
  effectiveFrom: string
  acceptedAt: string | null
  terms: Sentence[]
}

/** The version of the agreement that was in force, with its terms in words. */
export function AgreementInForce({ agreement, timeZone }: { agreement: AgreementItem; timeZone: string }) {
  const { t } = useTranslation()
  return (
    <SectionCard
      title={`${t('ledger.journal.agreement')}: ${agreement.creatorName || t('common.unknownCreator')}`}
    >
      <BlockStack gap="300">
        <Text as="p">
          <Link className="fil-link" to={`/app/agreements/${agreement.agreementId}`}>
            {t('ledger.journal.agreementVersion', { title: agreement.title, version: agreement.version })}
          </Link>{' '}
          · {t(`common.role.${agreement.role}`)}
        </Text>
        <FactList
          facts={[
            {
              label: t('ledger.journal.effectiveFrom'),
              value: <DateText at={agreement.effectiveFrom} timeZone={timeZone} />,
            },
            {
              label: t('ledger.journal.accepted'),
              value: agreement.acceptedAt && <DateText at={agreement.acceptedAt} timeZone={timeZone} />,
            },
          ]}
        />
        <Sentences sentences={agreement.terms} />
      </BlockStack>
    </SectionCard>
  )
}

function Sentences({ sentences }: { sentences: Sentence[] }) {
  return (
    <ul className="fil-sentences">
      {sentences.map((sentence) => (
        <li key={`${sentence.key} ${sentence.text}`}>
          <SentenceText sentence={sentence} />
        </li>
      ))}
    </ul>
  )
}
