import '../layout/fact-list.css'
import { Link } from '@remix-run/react'
import { BlockStack, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { FactSection } from '#app/adapters/email/presentation/section-facts.ts'
import type { StatementFacts } from '#app/adapters/email/presentation/statement-facts.ts'
import { FactList } from '../layout/fact-list.tsx'
import { SectionCard } from '../layout/section-card.tsx'

/** One section after the lines, as the creator reads it; each journal leads to its postings. */
export function StatementSectionCard({ section }: { section: FactSection }) {
  return (
    <SectionCard title={section.title}>
      <BlockStack gap="150">
        {section.items.map((item) => (
          <InlineStack key={item.key} align="space-between" gap="200" wrap={false}>
            <span className="fil-two-lines">
              {[item.date, item.text].filter(Boolean).join(' · ')}
              {item.detail ? <small>{item.detail}</small> : null}
            </span>
            {item.journal === null ? (
              <Text as="span" numeric>
                {item.amount}
              </Text>
            ) : (
              <Link to={`/app/ledger/journals/${item.journal}`}>{item.amount}</Link>
            )}
          </InlineStack>
        ))}
        {section.rows.map((row) => (
          <InlineStack key={row.key} align="space-between" gap="200" wrap={false}>
            <Text as="span" fontWeight={row.isTotal ? 'semibold' : 'regular'}>
              {row.label}
            </Text>
            <Text as="span" fontWeight={row.isTotal ? 'semibold' : 'regular'} numeric>
              {row.amount}
            </Text>
          </InlineStack>
        ))}
        {section.notes.map((note) => (
          <Text key={note} as="p" tone="subdued">
            {note}
          </Text>
        ))}
      </BlockStack>
    </SectionCard>
  )
}

/** When what is held becomes payable: by date, or by month where there are many. */
export function StatementMaturities({ facts }: { facts: StatementFacts }) {
  const { t } = useTranslation()
  if (facts.maturities.length === 0) return null
  return (
    <SectionCard title={t('statements.detail.maturities')}>
      <FactList facts={facts.maturities.map(({ when, amount }) => ({ label: when, value: amount }))} />
    </SectionCard>
  )
}

/** What anybody needs to check the document: code, fingerprint, the chain's head, the statement before. */
export function StatementVerification({ facts, verifyUrl }: { facts: StatementFacts; verifyUrl: string }) {
  const { t } = useTranslation()
  const code = (text: string) => <span className="fil-code">{text}</span>
  return (
    <SectionCard title={t('statements.detail.verification')}>
      <FactList
        facts={[
          { label: t('statements.detail.period'), value: `${facts.period} (${facts.dates})` },
          { label: t('statements.detail.issued'), value: facts.issued },
          {
            label: t('statements.detail.code'),
            value: (
              <a href={verifyUrl} target="_blank" rel="noreferrer">
                {code(facts.code)}
              </a>
            ),
          },
          { label: t('statements.detail.hash'), value: code(facts.hash) },
          { label: t('statements.detail.chainHead'), value: code(`${facts.chainHead.value}`) },
          {
            label: t('statements.detail.previous'),
            value: facts.previous && code(`${facts.previous.number} · ${facts.previous.hash}`),
          },
        ]}
      />
    </SectionCard>
  )
}
