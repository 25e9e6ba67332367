import './rehearsed-acts.css'
import { Badge, Banner, BlockStack, Card, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { Rehearsal, RehearsalFinding } from '#app/domain/drops/rehearsal.ts'
import type { RehearsalView } from '#app/features/tasks/rehearsal-view.server.ts'
import { DateText } from '../figures/date-text.tsx'
import { formatInstant } from '../figures/format-date.ts'
import { EmptyResult } from '../layout/empty-result.tsx'
import { SectionCard } from '../layout/section-card.tsx'
import { isUnderWay, TaskProgress } from '../tasks/task-progress.tsx'
import { GateAnswers } from './gate-answers.tsx'
import { RehearsedActs } from './rehearsed-acts.tsx'
import { useActName } from './use-act-name.ts'

const TONES = { red: 'critical', amber: 'warning' } as const

/** A rehearsal while it runs, and what it found. */
export function DropRehearsal({ view, onRehearse }: { view: RehearsalView; onRehearse: () => void }) {
  const { t } = useTranslation()
  const { drop, task, result, isOutdated, canRehearse } = view
  const isRunning = isUnderWay(task)
  return (
    <BlockStack gap="400">
      {task && (isRunning || task.status === 'failed' || task.status === 'stopped') ? (
        <Card>
          <TaskProgress task={task} timeZone={drop.timeZone} />
        </Card>
      ) : null}
      {result ? (
        <>
          {isOutdated && !isRunning ? (
            <Banner
              tone="warning"
              title={t('drops.rehearsal.outdated')}
              {...(canRehearse
                ? { action: { content: t('drops.rehearsal.again'), onAction: onRehearse } }
                : {})}
            />
          ) : null}
          <Found result={result} />
          <SectionCard title={t('drops.rehearsal.timeline')}>
            <Text as="p" tone="subdued">
              {t('drops.rehearsal.timelineHelp')}
            </Text>
            <RehearsedActs rehearsal={result} />
          </SectionCard>
          <GateAnswers rehearsal={result} />
        </>
      ) : task ? null : (
        <Card>
          <EmptyResult
            title={t('drops.rehearsal.emptyTitle')}
            body={t(canRehearse ? 'drops.rehearsal.emptyBody' : 'drops.rehearsal.tooLate')}
          />
        </Card>
      )}
    </BlockStack>
  )
}

function Found({ result }: { result: Rehearsal }) {
  const { t } = useTranslation()
  const { findings } = result
  const reds = findings.filter(({ light }) => light === 'red').length
  return (
    <SectionCard title={t('drops.rehearsal.found')}>
      <InlineStack gap="200" blockAlign="center">
        <Text as="p">
          {reds > 0
            ? t('drops.rehearsal.goesWrong', { count: reds })
            : t('drops.rehearsal.goesWell', { count: findings.length })}
        </Text>
      </InlineStack>
      {findings.length > 0 ? (
        <ul className="fil-findings">
          {findings.map((finding) => (
            <li key={JSON.stringify(finding)}>
              <span>
                <Badge tone={TONES[finding.light]}>{t(`drops.preflight.light.${finding.light}`)}</Badge>
              </span>
              <FindingText finding={finding} result={result} />
            </li>
          ))}
        </ul>
      ) : null}
      <Text as="p" tone="subdued" variant="bodySm">
        {t('drops.rehearsal.playedAt')} <DateText at={result.at} timeZone={result.timeZone} style="time" />.{' '}
        {t('drops.rehearsal.onPaper')}
      </Text>
    </SectionCard>
  )
}

function FindingText({ finding, result }: { finding: RehearsalFinding; result: Rehearsal }) {
  const { t, i18n } = useTranslation()
  const nameOf = useActName(result.acts, result.isDraft)
  const act = result.acts.find(({ actId }) => actId !== null && actId === finding.actId)
  const time = (instant: unknown) =>
    typeof instant === 'string' && instant.endsWith('Z')
      ? formatInstant(instant, 'exact', i18n.language, result.timeZone)
      : // A time on the clock alone.
        String(instant).replace(/^\d{4}-\d\d-\d\dT/, '')
  const facts = Object.fromEntries(
    Object.entries(finding.facts).map(([name, value]) => [
      name,
      typeof value === 'string' ? time(value) : value,
    ]),
  )
  const text = () => {
    switch (finding.reason) {
      case 'preflight':
        return t(`drops.preflight.${finding.check}.${finding.because}`, facts)
      case 'cannot_be_scheduled':
        return t(`drops.rehearsal.refused.${facts.refusal}`, {
          defaultValue: t('drops.rehearsal.refused.other'),
        })
      case 'step_fails':
        return t(`drops.rehearsal.finding.step.${facts.step}`, {
          ...facts,
          because: t(`drops.rehearsal.because.${facts.because}`, { defaultValue: facts.because }),
        })
      case 'checkout_disagrees':
        return t(`drops.rehearsal.finding.checkout.${facts.lets}`, facts)
      default:
        return t(`drops.rehearsal.finding.${finding.reason}`, { count: Number(facts.units ?? 0), ...facts })
    }
  }
  return (
    <span>
      {act ? `${nameOf(act)}: ` : ''}
      {text()}
    </span>
  )
}
