import { Link } from '@remix-run/react'
import { Card } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { DateText } from '../figures/date-text.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { RecordTable } from '../layout/record-table.tsx'
import { isUnderWay, TaskBadge, type TaskItem } from './task-progress.tsx'
import { useTaskPolling } from './use-task-polling.ts'

/** The newest pieces of long work, live while any of them runs. */
export function TaskList({
  tasks,
  timeZone,
}: {
  tasks: Array<TaskItem & { createdAt: string; about: { title: string; creatorName: string | null } | null }>
  timeZone: string
}) {
  const { t } = useTranslation()
  useTaskPolling(tasks.some(isUnderWay))
  if (tasks.length === 0) {
    return (
      <Card>
        <EmptyResult title={t('tasks.emptyTitle')} body={t('tasks.emptyBody')} />
      </Card>
    )
  }
  return (
    <Card padding="0">
      <RecordTable
        caption={t('tasks.caption')}
        rows={tasks}
        rowKey={(task) => task.id}
        columns={[
          {
            id: 'kind',
            width: 40,
            heading: t('tasks.what'),
            cell: (task) => (
              <span className="fil-two-lines">
                <Link to={`/app/agreements/tasks/${task.id}`}>{t(`tasks.kind.${task.kind}`)}</Link>
                {task.about ? (
                  <small>{[task.about.title, task.about.creatorName].filter(Boolean).join(' · ')}</small>
                ) : null}
              </span>
            ),
          },
          {
            id: 'started',
            width: 24,
            heading: t('tasks.started'),
            subdued: true,
            cell: (task) => <DateText at={task.createdAt} timeZone={timeZone} style="time" />,
          },
          { id: 'status', width: 18, heading: t('tasks.state'), cell: (task) => <TaskBadge task={task} /> },
          {
            id: 'progress',
            width: 18,
            heading: t('tasks.progress'),
            end: true,
            cell: (task) => t('tasks.percent', { percent: task.percent }),
          },
        ]}
      />
    </Card>
  )
}
