import { Badge, Banner, BlockStack, InlineStack, ProgressBar, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { RowAction } from '../creators/row-action.tsx'
import { DateText } from '../figures/date-text.tsx'
import { useTaskPolling } from './use-task-polling.ts'

export interface TaskItem {
  id: string
  kind: string
  status: string
  done: number
  total: number
  percent: number
  isStopping: boolean
  error: string | null
  updatedAt: string
}

const TONES = { done: 'success', failed: 'critical', stopped: 'warning' } as const

export function isUnderWay(task: Pick<TaskItem, 'status'> | null): boolean {
  return task !== null && (task.status === 'queued' || task.status === 'running')
}

/** How far a piece of long work is, live, with the means to stop it and to go on. Posts `intent` and `taskId` to the page's own action. */
export function TaskProgress({ task, timeZone }: { task: TaskItem; timeZone: string }) {
  const { t } = useTranslation()
  const running = isUnderWay(task)
  useTaskPolling(running)
  const canGoOn = task.status === 'stopped' || task.status === 'failed'
  return (
    <BlockStack gap="200">
      <InlineStack gap="200" blockAlign="center" align="space-between">
        <InlineStack gap="200" blockAlign="center">
          <Text as="span" variant="headingSm">
            {t(`tasks.kind.${task.kind}`)}
          </Text>
          <TaskBadge task={task} />
        </InlineStack>
        {running && !task.isStopping ? (
          <RowAction
            label={t('tasks.stop')}
            fields={{ intent: 'stop-task', taskId: task.id }}
            done="tasks.toast.stopping"
            tone="critical"
          />
        ) : null}
        {canGoOn ? (
          <RowAction
            label={t('tasks.resume')}
            fields={{ intent: 'resume-task', taskId: task.id }}
            done="tasks.toast.resumed"
          />
        ) : null}
      </InlineStack>
      <ProgressBar
        progress={task.percent}
        size="small"
        tone={task.status === 'failed' ? 'critical' : 'primary'}
        ariaLabelledBy={`task-${task.id}`}
      />
      <div id={`task-${task.id}`} aria-live="polite">
        <Text as="p" variant="bodySm" tone="subdued">
          {task.total > 0
            ? t(task.kind === 'rehearse' ? 'tasks.countedActs' : 'tasks.counted', {
                percent: task.percent,
                done: task.done,
                total: task.total,
              })
            : t(running ? 'tasks.waiting' : 'tasks.nothingToDo')}{' '}
          · <DateText at={task.updatedAt} timeZone={timeZone} style="time" />
        </Text>
      </div>
      {task.status === 'failed' ? (
        <Banner tone="critical" title={t('tasks.failedTitle')}>
          <p>{t('tasks.failedBody', { error: task.error ?? '' })}</p>
        </Banner>
      ) : null}
    </BlockStack>
  )
}

export function TaskBadge({ task }: { task: Pick<TaskItem, 'status' | 'isStopping'> }) {
  const { t } = useTranslation()
  const status = task.isStopping ? 'stopping' : task.status
  const tone = TONES[task.status as keyof typeof TONES] ?? 'info'
  return <Badge tone={tone}>{t(`tasks.status.${status}`)}</Badge>
}
