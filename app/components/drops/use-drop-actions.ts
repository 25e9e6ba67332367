import { useSubmit } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { pressesOf } from '#app/domain/drops/drop-state.ts'
import type { DropView } from '#app/features/drops/drop-view.server.ts'
import type { PressKind } from './use-preview.ts'

type DropAction = { content: string } & ({ url: string } | { onAction: () => void; destructive?: boolean })

/**
 * What can be done with a drop. First what comes next most often: a draft is scheduled, a drop that runs is watched, one that is over is
 * read about.
 */
export function useDropActions(
  drop: DropView['drop'],
  onPress: (press: PressKind | 'open_soon') => void,
): DropAction[] {
  const { t } = useTranslation()
  const submit = useSubmit()
  const page = (content: string, name: string) => ({ content, url: `/app/drops/${drop.id}/${name}` })
  const press = (kind: PressKind | 'open_soon') => ({
    content: t(`drops.press.${kind}.do`),
    destructive: kind === 'abort',
    onAction: () => onPress(kind),
  })
  const live = page(t('drops.live.title'), 'live')
  const guests = drop.earlyAccess?.passes ? [page(t('passes.title'), 'guests')] : []
  const rehearse = {
    content: t('drops.rehearsal.do'),
    // Its page is where the rehearsal is watched.
    onAction: () =>
      submit({ intent: 'rehearse' }, { method: 'post', action: `/app/drops/${drop.id}/rehearsal` }),
  }
  switch (drop.status) {
    case 'draft':
      return [
        press('schedule'),
        page(t('drops.form.editTitle'), 'edit'),
        press('open_soon'),
        ...guests,
        rehearse,
      ]
    case 'closed':
    case 'aborted':
      return [page(t('drops.report.title'), 'report'), live, ...guests]
    default:
      return [
        live,
        ...guests,
        ...(drop.status === 'scheduled' ? [rehearse] : []),
        ...pressesOf(drop.status).map(press),
      ]
  }
}
