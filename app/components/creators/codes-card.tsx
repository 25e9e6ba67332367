import { Badge, BlockStack, Box, Button, InlineGrid, InlineStack, Text, TextField } from '@shopify/polaris'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatPercent } from '#app/domain/money/percent.ts'
import type { CreatorView } from '#app/features/creators/creator-view.server.ts'
import { refusalText } from '../form/form-outcome.ts'
import { useIsAlive } from '../form/use-early-typing.ts'
import { CopyButton } from './copy-button.tsx'
import { AddLine, ProfileListCard } from './profile-list-card.tsx'
import { RowAction, usePost } from './row-action.tsx'
import { useFreshWhile } from './use-fresh-while.ts'

type Code = CreatorView['codes'][number]

const tones = {
  pending: 'attention',
  live: 'success',
  failed: 'critical',
  ending: 'attention',
  ended: undefined,
} as const

/** A creator's discount codes, with a line to make another. */
export function CodesCard({ codes, formId, canAdd }: { codes: Code[]; formId: string; canAdd: boolean }) {
  const { t } = useTranslation()
  useFreshWhile(codes.some((code) => code.status === 'pending' || code.status === 'ending'))
  return (
    <ProfileListCard
      title={t('creators.profile.codes')}
      help={codes.length === 0 ? t('creators.profile.noCodes') : t('creators.profile.codesHelp')}
      add={canAdd ? <NewCode formId={formId} /> : null}
    >
      {codes.map((code) => (
        <CodeRow key={code.id} code={code} />
      ))}
    </ProfileListCard>
  )
}

function CodeRow({ code }: { code: Code }) {
  const { t, i18n } = useTranslation()
  const tone = tones[code.status]
  const percent = formatPercent(code.percentBps, i18n.language)
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Text as="span" fontWeight="semibold">
            {code.code}
          </Text>
          <Text as="span" tone="subdued">
            {t('creators.profile.codeOff', { percent })}
          </Text>
          <Badge {...(tone ? { tone } : {})}>{t(`creators.codeStatus.${code.status}`)}</Badge>
        </InlineStack>
        <InlineStack gap="200">
          {code.status === 'live' ? <CopyButton what="code" text={code.code} /> : null}
          {code.shareUrl && code.status === 'live' ? <CopyButton what="link" text={code.shareUrl} /> : null}
          {code.status === 'live' || code.status === 'pending' ? (
            <RowAction
              label={t('creators.profile.endCode')}
              fields={{ intent: 'end-code', codeId: code.id }}
              done="creators.toast.codeEnded"
              about={code.code}
              tone="critical"
            />
          ) : null}
        </InlineStack>
      </InlineStack>
      {code.status === 'failed' ? (
        <Text as="p" tone="critical">
          {t([`creators.codeError.${code.lastError ?? 'unknown'}`, 'creators.codeError.unknown'])}
        </Text>
      ) : null}
    </BlockStack>
  )
}

function NewCode({ formId }: { formId: string }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [percent, setPercent] = useState('10')
  const alive = useIsAlive()
  const empty = useCallback(() => setCode(''), [])
  const { submit, busy, refused } = usePost('creators.toast.codeRequested', empty)
  const error = (field: string) => refusalText(refused?.fields[field], (key) => t(key))
  return (
    <AddLine
      id="new-code"
      onAdd={() => submit({ intent: 'create-code', formId, code, percent })}
      onEarlyTexts={(texts) => {
        setCode((texts.code ?? code).toUpperCase())
        setPercent(texts.percent ?? percent)
      }}
    >
      <InlineGrid columns={{ xs: 1, sm: ['twoThirds', 'oneThird'] }} gap="300">
        <TextField
          label={t('creators.profile.code')}
          name="code"
          value={code}
          onChange={(value) => setCode(value.toUpperCase())}
          autoComplete="off"
          maxLength={40}
          error={error('code')}
        />
        <TextField
          label={t('creators.profile.percent')}
          name="percent"
          value={percent}
          onChange={setPercent}
          autoComplete="off"
          inputMode="decimal"
          suffix="%"
          error={error('percent')}
        />
      </InlineGrid>
      <Box paddingBlockStart="300">
        <Button submit={alive} loading={busy} disabled={code.trim() === ''}>
          {t('creators.profile.addCode')}
        </Button>
      </Box>
    </AddLine>
  )
}
