import { Banner, BlockStack, Box, Button, ButtonGroup, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { type Clash, type FieldConflict, isSame } from './find-clash.ts'
import type { FormValues } from './form-values.ts'

/** A field and its value in the reader's words; null for fields that nobody sees. */
export type DescribeField = (name: string, value: unknown) => { label: string; text: string } | null

export interface ClashBannerProps {
  clash: Clash
  values: FormValues
  describe: DescribeField
  choose: (name: string, value: unknown) => void
  /** Puts everything that the other one saved into the form. */
  takeAll: () => void
}

/** Someone else saved meanwhile: what differs, and whose value is to stand. Nothing that was typed is gone until it is chosen away. */
export function ClashBanner({ clash, values, describe, choose, takeAll }: ClashBannerProps) {
  const { t } = useTranslation()
  const conflicts = clash.conflicts.filter(({ name, theirs }) => describe(name, theirs) !== null)
  const followed = clash.followed.flatMap((name) => describe(name, values[name])?.label ?? [])
  return (
    <Banner tone="warning" title={t('common.clash.title')}>
      <BlockStack gap="300">
        <p>{conflicts.length > 0 ? t('common.clash.decide') : t('common.clash.nothingToDecide')}</p>
        {conflicts.map((conflict) => (
          <ConflictRow
            key={conflict.name}
            conflict={conflict}
            shown={values[conflict.name]}
            describe={describe}
            choose={choose}
          />
        ))}
        {followed.length > 0 ? <p>{t('common.clash.followed', { fields: followed.join(', ') })}</p> : null}
        <InlineStack>
          <Button onClick={takeAll}>{t('common.clash.takeAll')}</Button>
        </InlineStack>
      </BlockStack>
    </Banner>
  )
}

interface ConflictRowProps extends Pick<ClashBannerProps, 'describe' | 'choose'> {
  conflict: FieldConflict
  shown: unknown
}

function ConflictRow({ conflict, shown, describe, choose }: ConflictRowProps) {
  const { t } = useTranslation()
  const { name, mine, theirs } = conflict
  const sides = [
    { value: mine, said: describe(name, mine), key: 'mine' },
    { value: theirs, said: describe(name, theirs), key: 'theirs' },
  ] as const
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0, minInlineSize: 0 }}>
      <legend style={{ padding: 0 }}>
        <Text as="span" fontWeight="semibold">
          {sides[1].said?.label}
        </Text>
      </legend>
      <Box paddingBlockStart="100">
        <ButtonGroup variant="segmented">
          {sides.map(({ key, value, said }) => (
            <Button key={key} pressed={isSame(shown, value)} onClick={() => choose(name, value)}>
              {t(`common.clash.${key}`, { value: said?.text || t('common.clash.empty') })}
            </Button>
          ))}
        </ButtonGroup>
      </Box>
    </fieldset>
  )
}
