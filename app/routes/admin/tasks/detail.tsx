import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Button, Card, InlineStack, Page, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import { PageError } from '#app/components/layout/page-error.tsx'
import { TaskProgress } from '#app/components/tasks/task-progress.tsx'
import { readTask, type TaskView } from '#app/features/tasks/task-view.server.ts'
import { readForm } from '../../read-form.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { answerTaskForm } from './task-action.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const task = await readTask(ctx, params.id ?? '')
  if (!task) throw new Response('No such task', { status: 404 })
  return { task, timeZone: ctx.shop.timeZone }
}

export async function action({ request }: ActionFunctionArgs): Promise<FormOutcome> {
  const ctx = await requireShop(request)
  const outcome = await answerTaskForm(ctx, await readForm(request))
  if (!outcome) throw new Response('Unknown intent', { status: 400 })
  return outcome
}

export default function TaskPage() {
  const { task, timeZone } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  const result = resultUrl(task)
  return (
    <Page
      title={t(`tasks.kind.${task.kind}`)}
      subtitle={[task.about?.title, task.about?.creatorName].filter(Boolean).join(' · ')}
      backAction={{ content: t('tasks.title'), url: '/app/agreements/tasks' }}
    >
      <Card>
        <BlockStack gap="400">
          <TaskProgress task={task} timeZone={timeZone} />
          {result ? (
            <InlineStack>
              <Button url={result}>{t('tasks.result')}</Button>
            </InlineStack>
          ) : null}
          <Text as="p" tone="subdued">
            {t('tasks.about')}
          </Text>
        </BlockStack>
      </Card>
    </Page>
  )
}

/** Where the work was asked for: its result stands there. */
function resultUrl({ kind, agreementId, agreementVersionId, dropId }: TaskView): string | null {
  if (kind === 'rehearse') return dropId && `/app/drops/${dropId}/rehearsal`
  if (!agreementId) return null
  if (kind === 'simulate') return `/app/agreements/${agreementId}/simulate`
  if (kind !== 'rerate') return null
  return `/app/agreements/${agreementId}/rerate${agreementVersionId ? `?version=${agreementVersionId}` : ''}`
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
