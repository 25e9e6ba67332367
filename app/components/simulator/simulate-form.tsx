import { BlockStack, Button, Card, InlineStack, Select, Text } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePost } from '../creators/row-action.tsx'
import { isUnderWay, type TaskItem, TaskProgress } from '../tasks/task-progress.tsx'

export interface SimulateFormProps {
  versions: Array<{ id: string; number: number; status: string }>
  chosenVersionId: string | null
  task: TaskItem | null
  /** Version that the task tried. */
  simulatedVersion: number | null
  timeZone: string
}

/** Which version to try on last year's sales, and how far that is. */
export function SimulateForm({
  versions,
  chosenVersionId,
  task,
  simulatedVersion,
  timeZone,
}: SimulateFormProps) {
  const { t } = useTranslation()
  const [version, setVersion] = useState(chosenVersionId ?? '')
  const { submit, busy } = usePost('simulator.toast.started')
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="p" tone="subdued">
          {t('simulator.intro')}
        </Text>
        <InlineStack gap="300" blockAlign="end">
          <div style={{ minWidth: 240 }}>
            <Select
              label={t('simulator.version')}
              options={versions.map(({ id, number, status }) => ({
                value: id,
                label: t('simulator.versionOption', {
                  number,
                  status: t(`simulator.versionStatus.${status}`),
                }),
              }))}
              value={version}
              onChange={setVersion}
            />
          </div>
          <Button
            variant="primary"
            loading={busy}
            disabled={version === '' || isUnderWay(task)}
            onClick={() => submit({ intent: 'simulate', versionId: version })}
          >
            {t('simulator.start')}
          </Button>
        </InlineStack>
        {task ? (
          <BlockStack gap="200">
            <TaskProgress task={task} timeZone={timeZone} />
            <Text as="p" tone="subdued" variant="bodySm">
              {simulatedVersion === null
                ? t('simulator.ofOlderTerms')
                : t('simulator.ofVersion', { number: simulatedVersion })}
            </Text>
          </BlockStack>
        ) : null}
      </BlockStack>
    </Card>
  )
}
