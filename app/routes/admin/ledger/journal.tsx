import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, InlineGrid, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { PageError } from '#app/components/layout/page-error.tsx'
import { JournalArithmetic } from '#app/components/ledger/journal-arithmetic.tsx'
import { JournalEntries } from '#app/components/ledger/journal-entries.tsx'
import { JournalPostings } from '#app/components/ledger/journal-postings.tsx'
import { AgreementInForce, WhyThisCreator } from '#app/components/ledger/journal-reasons.tsx'
import { ChainPlace, Maturity, RelatedJournals } from '#app/components/ledger/journal-standing.tsx'
import { JournalStory } from '#app/components/ledger/journal-story.tsx'
import { journalWords } from '#app/components/ledger/journal-words.ts'
import { readJournal } from '#app/features/ledger/journal-view.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const result = await readJournal(ctx, params.seq ?? '')
  if (!result.ok) throw new Response(result.reason, { status: 404 })
  return { journal: result.journal }
}

export default function JournalPage() {
  const { journal } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  const { timeZone, currency, sale, royalty, facts } = journal
  const words = journalWords(t, {
    kind: journal.kind,
    action: facts.actionType ?? null,
    lineType: facts.lineType ?? null,
    title: sale?.title || facts.title || '',
  })
  return (
    <Page
      title={t('ledger.journal.title', { seq: journal.seq })}
      subtitle={words}
      backAction={{ content: t('ledger.journal.back'), url: '/app/ledger' }}
    >
      <InlineGrid columns={{ xs: 1, md: ['twoThirds', 'oneThird'] }} gap="400" alignItems="start">
        <BlockStack gap="400">
          <JournalStory {...journal} />
          <JournalPostings postings={journal.postings} currency={currency} />
          {journal.entries.length > 0 ? (
            <JournalEntries entries={journal.entries} currency={currency} />
          ) : null}
          {royalty ? <JournalArithmetic sale={sale} royalty={royalty} currency={currency} /> : null}
          <ChainPlace {...journal} />
        </BlockStack>
        <BlockStack gap="400">
          {journal.why.length > 0 ? <WhyThisCreator why={journal.why} /> : null}
          {journal.holds.length > 0 ? <Maturity holds={journal.holds} timeZone={timeZone} /> : null}
          {journal.agreements.map((agreement) => (
            <AgreementInForce key={agreement.versionId} agreement={agreement} timeZone={timeZone} />
          ))}
          {journal.related.length > 0 ? (
            <RelatedJournals related={journal.related} timeZone={timeZone} currency={currency} />
          ) : null}
        </BlockStack>
      </InlineGrid>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
