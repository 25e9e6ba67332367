import { useFetcher } from '@remix-run/react'
import { Badge, BlockStack, Box, Button, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'

export interface SetupGuideProps {
  steps: Array<{ step: string; done: boolean }>
  doneCount: number
}

const destinations: Record<string, string> = {
  add_creator: '/app/creators/new',
  send_agreement: '/app/agreements/new',
  agreement_accepted: '/app/agreements',
  first_sale: '/app/ledger',
  first_statement: '/app/statements',
}

/** Steps that check themselves off from real data. The first open one is explained and has the button. */
export function SetupGuide({ steps, doneCount }: SetupGuideProps) {
  const { t } = useTranslation()
  const fetcher = useFetcher()
  const next = steps.find(({ done }) => !done)?.step
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {t('home.setup.title')}
          </Text>
          <fetcher.Form method="post">
            <input type="hidden" name="intent" value="dismiss-setup" />
            <Button submit variant="plain" loading={fetcher.state !== 'idle'}>
              {t('home.setup.dismiss')}
            </Button>
          </fetcher.Form>
        </InlineStack>
        {next ? (
          <SetupSteps steps={steps} doneCount={doneCount} next={next} />
        ) : (
          <Text as="p">{t('home.setup.allDone')}</Text>
        )}
      </BlockStack>
    </Card>
  )
}

function SetupSteps({ steps, doneCount, next }: SetupGuideProps & { next: string }) {
  const { t } = useTranslation()
  return (
    <>
      <InlineStack gap="300" blockAlign="center" wrap={false}>
        <Box width="180px">
          <ProgressBar
            progress={Math.round((doneCount / Math.max(1, steps.length)) * 100)}
            size="small"
            tone="success"
            animated={false}
            ariaLabelledBy="setup-progress"
          />
        </Box>
        <Text as="span" tone="subdued" id="setup-progress">
          {t('home.setup.progress', { done: doneCount, total: steps.length })}
        </Text>
      </InlineStack>
      <BlockStack gap="200" as="ul">
        {steps.map(({ step, done }) => (
          <SetupLine key={step} step={step} done={done} isNext={step === next} />
        ))}
      </BlockStack>
    </>
  )
}

function SetupLine({ step, done, isNext }: { step: string; done: boolean; isNext: boolean }) {
  const { t } = useTranslation()
  const destination = destinations[step]
  return (
    <li style={{ listStyle: 'none' }}>
      <BlockStack gap="100">
        <InlineStack gap="200" blockAlign="center">
          <Badge
            {...(done
              ? { tone: 'success' as const, progress: 'complete' as const }
              : { progress: 'incomplete' as const })}
          >
            {done ? t('home.setup.done') : t('home.setup.toDo')}
          </Badge>
          <Text as="span" fontWeight={isNext ? 'semibold' : 'regular'} tone={done ? 'subdued' : 'base'}>
            {t(`home.setup.steps.${step}.title`)}
          </Text>
        </InlineStack>
        {isNext ? (
          <InlineStack gap="300" blockAlign="center">
            <Text as="p" tone="subdued">
              {t(`home.setup.steps.${step}.body`)}
            </Text>
            {destination ? <Button url={destination}>{t(`home.setup.steps.${step}.action`)}</Button> : null}
          </InlineStack>
        ) : null}
      </BlockStack>
    </li>
  )
}
