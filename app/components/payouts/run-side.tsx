import { Banner, BlockStack, Button, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { RunView } from '#app/features/payouts/run-view.server.ts'
import { DateText } from '../figures/date-text.tsx'
import { Money } from '../figures/money.tsx'
import { FactList } from '../layout/fact-list.tsx'
import { SectionCard } from '../layout/section-card.tsx'
import { useFileDownload } from '../statements/use-file-download.ts'
import { PayoutBadge } from './payout-badge.tsx'
import { Person } from './person.tsx'

export function RunFacts({ run, me }: { run: RunView; me: string }) {
  const { t } = useTranslation()
  return (
    <SectionCard title={t('payouts.run.facts')}>
      <FactList
        facts={[
          { label: t('payouts.list.status'), value: <PayoutBadge status={run.status} /> },
          { label: t('payouts.list.executeOn'), value: <DateText at={run.executeOn} /> },
          { label: t('payouts.preview.net'), value: <Money minor={run.netMinor} currency={run.currency} /> },
          {
            label: t('payouts.preview.withheld'),
            value:
              run.withheldMinor === '0' ? null : <Money minor={run.withheldMinor} currency={run.currency} />,
          },
          {
            label: t('payouts.run.createdBy'),
            value: (
              <>
                <Person actor={run.createdBy} me={me} />,{' '}
                <DateText at={run.createdAt} timeZone={run.timeZone} />
              </>
            ),
          },
          {
            label: t('payouts.run.approvedBy'),
            value:
              run.approvals.length === 0
                ? t('payouts.run.approvalsOf', { count: 0, needed: run.approvalsNeeded })
                : run.approvals.map(({ by }, index) => (
                    <span key={by}>
                      {index > 0 ? ', ' : ''}
                      <Person actor={by} me={me} />
                    </span>
                  )),
          },
        ]}
      />
    </SectionCard>
  )
}

/** Said as soon as the run is made, not when its file is wanted. */
export function MissingAccount({ run }: { run: RunView }) {
  const { t } = useTranslation()
  const isOpen = run.status === 'draft' || run.status === 'approved'
  if (!isOpen || !lacksPayerAccount(run)) return null
  return (
    <Banner tone="warning" action={{ content: t('payouts.settings.title'), url: '/app/payouts/settings' }}>
      {t('payouts.refused.payer_account_missing')}
    </Banner>
  )
}

function lacksPayerAccount(run: RunView): boolean {
  return run.formats.includes('sepa') && !run.hasPayerAccount
}

/** A draft has none yet, a voided run none any more. */
export function hasFiles({ status }: { status: string }): boolean {
  return status !== 'draft' && status !== 'voided'
}

/** Files for banks and services, once the run is approved. */
export function RunFiles({ run }: { run: RunView }) {
  const { t } = useTranslation()
  const { download, busyWith, refusal } = useFileDownload()
  if (!hasFiles(run)) return null
  const number = String(run.number).padStart(4, '0')
  return (
    <SectionCard title={t('payouts.run.files')}>
      <BlockStack gap="300">
        <Text as="p" tone="subdued">
          {run.takenBack.length > 0
            ? t('payouts.refused.payouts_taken_back', { creators: run.takenBack.join(', ') })
            : t('payouts.run.filesHelp')}
        </Text>
        {/* Beside the buttons, where the person looks who pressed one. */}
        <div aria-live="polite">
          {refusal ? (
            <Banner tone="critical" title={t('payouts.run.fileRefused')}>
              {refusal}
            </Banner>
          ) : null}
        </div>
        <InlineStack gap="200">
          {run.formats.map((format) => {
            const url = `/app/payouts/${run.id}/file?format=${format}`
            const extension = format === 'sepa' ? 'xml' : 'csv'
            return (
              <Button
                key={format}
                disabled={format === 'sepa' && lacksPayerAccount(run)}
                loading={busyWith === url}
                onClick={() => void download(url, `payout-run-${number}-${format}.${extension}`)}
              >
                {t(`payouts.format.${format}`)}
              </Button>
            )
          })}
        </InlineStack>
      </BlockStack>
    </SectionCard>
  )
}

/** What happened, newest first. */
export function RunHistory({ run, me }: { run: RunView; me: string }) {
  const { t } = useTranslation()
  return (
    <SectionCard title={t('payouts.run.history')}>
      {run.events.map((event) => (
        <InlineStack key={event.id} align="space-between" gap="200">
          <Text as="span" breakWord>
            {t(`payouts.event.${event.kind}`, {
              ...event.facts,
              format: event.facts.format ? t(`payouts.format.${event.facts.format}`) : '',
              digest: event.facts.digest?.slice(0, 12) ?? '',
            })}
          </Text>
          <Text as="span" tone="subdued">
            <Person actor={event.actor} me={me} /> ·{' '}
            <DateText at={event.at} timeZone={run.timeZone} style="time" />
          </Text>
        </InlineStack>
      ))}
    </SectionCard>
  )
}
