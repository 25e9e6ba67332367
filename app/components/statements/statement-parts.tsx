import { BlockStack, InlineGrid } from '@shopify/polaris'
import type { ReactNode } from 'react'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { MailLog, type MailLogProps } from './mail-log.tsx'
import { StatementBalance } from './statement-balance.tsx'
import {
  StatementBasis,
  StatementMaturities,
  StatementMovements,
  StatementVerification,
} from './statement-extras.tsx'
import { StatementLines } from './statement-lines.tsx'

export interface StatementPartsProps extends MailLogProps {
  document: StatementDocument
  documentHash: string
}

/** A statement from its balance to its fingerprint. Without a held part, what is for checking fills the place beside the balance. */
export function StatementParts({ document, documentHash, mails, timeZone }: StatementPartsProps) {
  const hasHeld = document.maturities.length > 0
  const verification = <StatementVerification document={document} documentHash={documentHash} />
  return (
    <BlockStack gap="400">
      <BesideBalance document={document}>
        {hasHeld ? <StatementMaturities document={document} /> : null}
        <StatementBasis basis={document.basis} />
        {hasHeld ? null : verification}
      </BesideBalance>
      <StatementLines document={document} />
      <StatementMovements document={document} />
      <MailLog mails={mails} timeZone={timeZone} />
      {hasHeld ? verification : null}
    </BlockStack>
  )
}

function BesideBalance({ document, children }: { document: StatementDocument; children: ReactNode }) {
  return (
    <InlineGrid columns={{ xs: 1, md: ['oneThird', 'twoThirds'] }} gap="400" alignItems="start">
      <StatementBalance document={document} />
      <BlockStack gap="400">{children}</BlockStack>
    </InlineGrid>
  )
}
