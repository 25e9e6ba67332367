import { useAppBridge } from '@shopify/app-bridge-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type FieldRefusal, type FormOutcome, refusalText } from '../form/form-outcome.ts'

export interface FileDownload {
  download: (url: string, fileName: string) => Promise<void>
  /** The address that is being fetched, for the button's spinner. */
  busyWith: string | null
  /** Why the last file was refused, in words; null when it was not, or nobody said why. */
  refusal: string | null
}

/** Fetches a file with the session's token (a plain link would carry none inside the admin) and hands it to the browser. */
export function useFileDownload(): FileDownload {
  const shopify = useAppBridge()
  const { t } = useTranslation()
  const [busyWith, setBusyWith] = useState<string | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const download = async (url: string, fileName: string) => {
    setBusyWith(url)
    setRefusal(null)
    try {
      const answer = await fetch(url)
      const refused = answer.ok ? undefined : await readRefusal(answer)
      if (refused !== undefined) {
        setRefusal(refusalText(refused, (key, params) => t(key, params ?? {})) ?? null)
        return
      }
      if (!answer.ok) throw new Error(`download answered ${answer.status}`)
      const address = URL.createObjectURL(await answer.blob())
      const anchor = Object.assign(document.createElement('a'), { href: address, download: fileName })
      anchor.click()
      // Some browsers read the address only after the click has been handled.
      setTimeout(() => URL.revokeObjectURL(address), 10_000)
    } catch {
      shopify.toast.show(t('statements.detail.downloadFailed'), { isError: true })
    } finally {
      setBusyWith(null)
    }
  }
  return { download, busyWith, refusal }
}

/** A named refusal; undefined when the answer is none of ours. */
async function readRefusal(answer: Response): Promise<FieldRefusal | undefined> {
  if (!answer.headers.get('content-type')?.startsWith('application/json')) return undefined
  const outcome = (await answer.json()) as FormOutcome
  return outcome.ok ? undefined : outcome.fields.form
}
