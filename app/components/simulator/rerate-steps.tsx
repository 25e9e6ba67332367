import { Banner, BlockStack, Box, Button, Card, InlineStack, Text } from '@shopify/polaris'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePost } from '../creators/row-action.tsx'
import { formatInstant } from '../figures/format-date.ts'
import { Money } from '../figures/money.tsx'
import { QuestionModal } from '../layout/question-modal.tsx'
import { RecordTable } from '../layout/record-table.tsx'
import { SectionCard } from '../layout/section-card.tsx'

import { isUnderWay, type TaskItem, TaskProgress } from '../tasks/task-progress.tsx'

interface Version {
  id: string
  number: number
  effectiveFrom: string
}

export interface RerateStepsProps {
  version: Version
  preview: { task: TaskItem; result: unknown } | null
  task: TaskItem | null
  result: RerateOutcomeProps['result'] | null
  currency: string
  timeZone: string
}

/** First a preview that moves no money, then posting; both can be watched, and posting can be stopped and resumed. */
export function RerateSteps({ version, preview, task, result, currency, timeZone }: RerateStepsProps) {
  const { t, i18n } = useTranslation()
  const [asking, setAsking] = useState(false)
  const stopAsking = useCallback(() => setAsking(false), [])
  const trying = usePost('simulator.toast.started')
  const posting = usePost('simulator.rerate.toast.started', stopAsking)
  const date = formatInstant(version.effectiveFrom, 'date', i18n.language, timeZone)
  const underWay = isUnderWay(task)
  return (
    <BlockStack gap="400">
      <SectionCard title={t('simulator.rerate.previewTitle')}>
        <Text as="p" tone="subdued">
          {t('simulator.rerate.previewBody', { number: version.number, date })}
        </Text>
        <InlineStack>
          <Button
            loading={trying.busy}
            disabled={isUnderWay(preview?.task ?? null)}
            onClick={() => trying.submit({ intent: 'preview', versionId: version.id })}
          >
            {t(preview ? 'simulator.rerate.previewAgain' : 'simulator.rerate.preview')}
          </Button>
        </InlineStack>
        {preview ? <TaskProgress task={preview.task} timeZone={timeZone} /> : null}
      </SectionCard>
      <SectionCard title={t('simulator.rerate.postTitle')}>
        <Text as="p" tone="subdued">
          {t('simulator.rerate.postBody')}
        </Text>
        <InlineStack>
          <Button
            variant="primary"
            disabled={!preview?.result || underWay}
            loading={posting.busy}
            onClick={() => setAsking(true)}
          >
            {t('simulator.rerate.post')}
          </Button>
        </InlineStack>
        {preview?.result || task ? null : (
          <Text as="p" tone="subdued" variant="bodySm">
            {t('simulator.rerate.previewFirst')}
          </Text>
        )}
        {task ? <TaskProgress task={task} timeZone={timeZone} /> : null}
      </SectionCard>
      {result ? <RerateOutcome result={result} currency={currency} taskId={task?.id ?? ''} /> : null}
      <QuestionModal
        open={asking}
        onClose={stopAsking}
        title={t('simulator.rerate.askTitle')}
        confirm={{
          label: t('simulator.rerate.post'),
          onAction: () => posting.submit({ intent: 'rerate', versionId: version.id }),
          busy: posting.busy,
        }}
        cancelLabel={t('simulator.rerate.keep')}
      >
        <Text as="p">{t('simulator.rerate.askBody', { number: version.number, date })}</Text>
      </QuestionModal>
    </BlockStack>
  )
}

interface RerateOutcomeProps {
  result: {
    lines: number
    journals: number
    creators: Array<{ creatorId: string; name: string; differenceMinor: string }>
  }
  currency: string
  taskId: string
}

function RerateOutcome({ result, currency, taskId }: RerateOutcomeProps) {
  const { t } = useTranslation()
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {t('simulator.rerate.outcomeTitle')}
          </Text>
          <Banner tone="success">
            {result.journals === 0
              ? t('simulator.rerate.nothingPosted', { lines: result.lines })
              : t('simulator.rerate.posted', { journals: result.journals, lines: result.lines })}
          </Banner>
          {result.journals > 0 ? (
            <InlineStack>
              <Button variant="plain" url="/app/ledger?kind=rerate">
                {t('simulator.rerate.journals')}
              </Button>
            </InlineStack>
          ) : null}
        </BlockStack>
      </Box>
      {result.creators.length > 0 ? (
        <RecordTable
          caption={t('simulator.rerate.outcomeTitle')}
          rows={result.creators}
          rowKey={(row) => `${taskId} ${row.creatorId}`}
          columns={[
            {
              id: 'creator',
              width: 60,
              heading: t('simulator.creator'),
              cell: (row) => row.name || t('common.unknownCreator'),
            },
            {
              id: 'difference',
              width: 40,
              heading: t('simulator.change'),
              end: true,
              cell: (row) => <Money minor={row.differenceMinor} currency={currency} />,
            },
          ]}
        />
      ) : null}
    </Card>
  )
}
