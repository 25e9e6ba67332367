import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { usePost } from '#app/components/creators/row-action.tsx'
import { DropBadge } from '#app/components/drops/drop-badge.tsx'
import { DropRehearsal } from '#app/components/drops/drop-rehearsal.tsx'
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import { PageError } from '#app/components/layout/page-error.tsx'
import { isUnderWay } from '#app/components/tasks/task-progress.tsx'
import { startRehearsal } from '#app/features/drops/rehearse-drop.server.ts'
import { readRehearsal } from '#app/features/tasks/rehearsal-view.server.ts'
import { readForm } from '../../read-form.server.ts'
import { actorOf } from '../payouts/actor.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { answerTaskForm } from '../tasks/task-action.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const view = await readRehearsal(await requireShop(request), params.id ?? '')
  if (!view) throw new Response('No such drop', { status: 404 })
  return { view }
}

export async function action({ request, params }: ActionFunctionArgs): Promise<FormOutcome> {
  const ctx = await requireShop(request)
  const form = await readForm(request)
  const steered = await answerTaskForm(ctx, form)
  if (steered) return steered
  if (form.get('intent') !== 'rehearse') throw new Response('Unknown intent', { status: 400 })
  const started = await startRehearsal(ctx, params.id ?? '', actorOf(request))
  // Somebody else pressed first: theirs is watched.
  if (started.ok || started.reason === 'already_running') return { ok: true }
  return { ok: false, fields: {}, summary: `drops.rehearsal.notStarted.${started.reason}` }
}

export default function RehearsalPage() {
  const { view } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  const { submit, busy } = usePost('drops.rehearsal.started')
  const { drop, task, canRehearse } = view
  const rehearse = () => submit({ intent: 'rehearse' })
  return (
    <Page
      title={t('drops.rehearsal.title')}
      subtitle={drop.title}
      titleMetadata={<DropBadge status={drop.status} />}
      backAction={{ content: drop.title, url: `/app/drops/${drop.id}` }}
      {...(canRehearse
        ? {
            primaryAction: {
              content: t(view.result ? 'drops.rehearsal.again' : 'drops.rehearsal.do'),
              onAction: rehearse,
              loading: busy,
              disabled: isUnderWay(task),
            },
          }
        : {})}
    >
      <DropRehearsal view={view} onRehearse={rehearse} />
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
