// /c/payout-details/:token. A route without a component: its whole document comes from the loader (see render-creator-page.server.tsx).
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { webServices } from '../web-services.server.ts'
import { answerPayoutDetails, showPayoutDetails } from './payout-details-page.server.tsx'

export function loader({ request, params }: LoaderFunctionArgs) {
  const kind = new URL(request.url).searchParams.get('kind')
  return showPayoutDetails(webServices().services, params.token ?? '', { kind })
}

export function action({ request, params }: ActionFunctionArgs) {
  const { services, environment } = webServices()
  return answerPayoutDetails(services, environment.tokenKeys, params.token ?? '', request)
}
