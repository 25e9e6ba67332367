import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Card, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import { EmptyResult } from '#app/components/layout/empty-result.tsx'
import { PageError } from '#app/components/layout/page-error.tsx'
import { RerateSteps } from '#app/components/simulator/rerate-steps.tsx'
import { SimulationOutcome } from '#app/components/simulator/simulation-outcome.tsx'
import { startRerate } from '#app/features/ledger/rerate-agreement.server.ts'
import { readRerate } from '#app/features/tasks/agreement-runs-view.server.ts'
import { readForm } from '../../read-form.server.ts'
import { actorOf } from '../payouts/actor.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { answerTaskForm } from '../tasks/task-action.server.ts'
import { beginSimulation } from './begin-simulation.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const version = new URL(request.url).searchParams.get('version')
  const view = await readRerate(ctx, params.id ?? '', version)
  if (!view) throw new Response('No such agreement', { status: 404 })
  return { view }
}

export async function action({ request, params }: ActionFunctionArgs): Promise<FormOutcome> {
  const ctx = await requireShop(request)
  const form = await readForm(request)
  const steered = await answerTaskForm(ctx, form)
  if (steered) return steered
  const versionId = String(form.get('versionId') ?? '')
  switch (form.get('intent')) {
    case 'preview':
      return beginSimulation(
        ctx,
        { agreementId: params.id ?? '', versionId, reachesBack: true },
        actorOf(request),
      )
    case 'rerate': {
      const started = await startRerate(ctx, { agreementVersionId: versionId }, actorOf(request))
      return started.ok
        ? { ok: true }
        : { ok: false, fields: {}, summary: `simulator.rerate.refused.${started.reason}` }
    }
    default:
      throw new Response('Unknown intent', { status: 400 })
  }
}

export default function ReratePage() {
  const { view } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  const { agreement, version, preview } = view
  return (
    <Page
      title={t('simulator.rerate.title')}
      subtitle={`${agreement.title} · ${agreement.creatorName}`}
      backAction={{ content: t('simulator.back'), url: `/app/agreements/${agreement.id}` }}
      secondaryActions={[{ content: t('tasks.title'), url: '/app/agreements/tasks' }]}
      fullWidth
    >
      {version ? (
        <BlockStack gap="400">
          <RerateSteps {...view} version={version} />
          {preview?.result ? (
            <SimulationOutcome key={preview.task.id} result={preview.result} timeZone={view.timeZone} />
          ) : null}
        </BlockStack>
      ) : (
        <Card>
          <EmptyResult title={t('simulator.rerate.noneTitle')} body={t('simulator.rerate.noneBody')} />
        </Card>
      )}
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
