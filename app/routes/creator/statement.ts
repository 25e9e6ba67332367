// /c/statements/:token. A route without a component: its whole document comes from the loader (see render-creator-page.server.tsx).
import type { LoaderFunctionArgs } from '@remix-run/node'
import { webServices } from '../web-services.server.ts'
import { showStatement } from './statement-page.server.tsx'

export function loader({ params }: LoaderFunctionArgs) {
  return showStatement(webServices().services, params.token ?? '')
}
