// /c/statements/:token. A route without a component: its whole document comes from the loader (see render-creator-page.server.tsx).
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { webServices } from '../web-services.server.ts'
import { creatorLimits } from './creator-limits.server.tsx'
import { answerStatement, showStatement } from './statement-page.server.tsx'

export function loader({ request, params }: LoaderFunctionArgs) {
  const wasSent = new URL(request.url).searchParams.get('asked') === '1'
  return showStatement(webServices().services, params.token ?? '', { wasSent })
}

export function action({ request, params }: ActionFunctionArgs) {
  const token = params.token ?? ''
  return (
    creatorLimits.refuse('answer', request, token) ?? answerStatement(webServices().services, token, request)
  )
}
