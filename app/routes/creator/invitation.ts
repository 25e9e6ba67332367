// /c/agreements/:token. A route without a component: its whole document comes from the loader (see render-creator-page.server.tsx).
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { webServices } from '../web-services.server.ts'
import { creatorLimits } from './creator-limits.server.tsx'
import { answerInvitation, showInvitation } from './invitation-page.server.tsx'

export function loader({ params }: LoaderFunctionArgs) {
  return showInvitation(webServices().services, params.token ?? '')
}

export function action({ request, params }: ActionFunctionArgs) {
  const token = params.token ?? ''
  return (
    creatorLimits.refuse('answer', request, token) ?? answerInvitation(webServices().services, token, request)
  )
}
