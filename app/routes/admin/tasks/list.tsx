import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { PageError } from '#app/components/layout/page-error.tsx'
import { TaskList } from '#app/components/tasks/task-list.tsx'
import { readTasks } from '#app/features/tasks/task-view.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  return { view: await readTasks(await requireShop(request)) }
}

export default function TasksPage() {
  const { view } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page
      title={t('tasks.title')}
      subtitle={t('tasks.about')}
      backAction={{ content: t('agreements.title'), url: '/app/agreements' }}
    >
      <TaskList {...view} />
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
