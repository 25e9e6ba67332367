// /c/statements/:token/:format
import type { LoaderFunctionArgs } from '@remix-run/node'
import { webServices } from '../web-services.server.ts'
import { creatorLimits } from './creator-limits.server.tsx'
import { sendStatementFile } from './send-statement-file.server.ts'

export function loader({ request, params }: LoaderFunctionArgs) {
  return sendStatementFile(webServices().services, creatorLimits, request, params)
}
