import { useAppBridge } from '@shopify/app-bridge-react'
import { Button } from '@shopify/polaris'
import { ClipboardIcon } from '@shopify/polaris-icons'
import { useTranslation } from 'react-i18next'

/** Copies a text. Where the frame may not write the clipboard it says so. */
export function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation()
  const shopify = useAppBridge()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      shopify.toast.show(t('creators.profile.copied'))
    } catch {
      shopify.toast.show(t('creators.profile.copyFailed'), { isError: true })
    }
  }
  return (
    <Button size="slim" icon={ClipboardIcon} onClick={() => void copy()}>
      {t('creators.profile.copy')}
    </Button>
  )
}
