import { BlockStack, InlineGrid } from '@shopify/polaris'
import type { StatementFacts } from '#app/adapters/email/presentation/statement-facts.ts'
import { MailLog, type MailLogProps } from './mail-log.tsx'
import { StatementBalance } from './statement-balance.tsx'
import { StatementMaturities, StatementSectionCard, StatementVerification } from './statement-extras.tsx'
import { StatementLines, type StatementLinesProps } from './statement-lines.tsx'
import { StatementQuestions, type StatementQuestionsProps } from './statement-questions.tsx'

export interface StatementPartsProps extends MailLogProps, Omit<StatementQuestionsProps, 'timeZone'> {
  facts: StatementFacts
  postingsUrl: StatementLinesProps['postingsUrl']
  verifyUrl: string
}

/** A statement from its balance to its fingerprint, section by section as the creator reads it. */
export function StatementParts(props: StatementPartsProps) {
  const { facts, mails, timeZone } = props
  return (
    <BlockStack gap="400">
      <InlineGrid columns={{ xs: 1, md: 2 }} gap="400" alignItems="start">
        <StatementBalance facts={facts} />
        {facts.maturities.length > 0 ? (
          <StatementMaturities facts={facts} />
        ) : (
          <StatementVerification facts={facts} verifyUrl={props.verifyUrl} />
        )}
      </InlineGrid>
      <StatementLines facts={facts} postingsUrl={props.postingsUrl} />
      <StatementQuestions
        questions={props.questions}
        acceptance={props.acceptance}
        isSelfBilled={props.isSelfBilled}
        timeZone={timeZone}
      />
      <InlineGrid columns={{ xs: 1, md: 2 }} gap="400" alignItems="start">
        {facts.sections.map((section) => (
          <StatementSectionCard key={section.key} section={section} />
        ))}
      </InlineGrid>
      <MailLog mails={mails} timeZone={timeZone} />
      {facts.maturities.length > 0 ? (
        <StatementVerification facts={facts} verifyUrl={props.verifyUrl} />
      ) : null}
    </BlockStack>
  )
}
