import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import { PageError } from '#app/components/layout/page-error.tsx'
import { SimulateForm } from '#app/components/simulator/simulate-form.tsx'
import { SimulationOutcome } from '#app/components/simulator/simulation-outcome.tsx'
import { readSimulation } from '#app/features/tasks/agreement-runs-view.server.ts'
import { readForm } from '../../read-form.server.ts'
import { actorOf } from '../payouts/actor.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { answerTaskForm } from '../tasks/task-action.server.ts'
import { beginSimulation } from './begin-simulation.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const view = await readSimulation(await requireShop(request), params.id ?? '')
  if (!view) throw new Response('No such agreement', { status: 404 })
  return { view }
}

export async function action({ request, params }: ActionFunctionArgs): Promise<FormOutcome> {
  const ctx = await requireShop(request)
  const form = await readForm(request)
  const steered = await answerTaskForm(ctx, form)
  if (steered) return steered
  if (form.get('intent') !== 'simulate') throw new Response('Unknown intent', { status: 400 })
  return beginSimulation(
    ctx,
    {
      agreementId: params.id ?? '',
      versionId: String(form.get('versionId') ?? ''),
    },
    actorOf(request),
  )
}

export default function SimulatePage() {
  const { view } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  const { agreement } = view
  return (
    <Page
      title={t('simulator.title')}
      subtitle={`${agreement.title} · ${agreement.creatorName}`}
      backAction={{ content: t('simulator.back'), url: `/app/agreements/${agreement.id}` }}
      secondaryActions={[{ content: t('tasks.title'), url: '/app/agreements/tasks' }]}
      fullWidth
    >
      <BlockStack gap="400">
        <SimulateForm {...view} />
        {view.result ? (
          <SimulationOutcome key={view.task?.id ?? ''} result={view.result} timeZone={view.timeZone} />
        ) : null}
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
