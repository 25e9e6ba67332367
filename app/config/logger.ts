// Structured logs: one JSON line an event, with request id and shop where there are any. Secrets and people never reach them.
import { type LoggerOptions, pino } from 'pino'

// Read before the environment is checked, which names a level that does not exist: until then it must not end the process.
const wished = process.env.LOG_LEVEL?.trim() ?? ''
const isLevel = wished === 'silent' || Object.hasOwn(pino.levels.values, wished)

export const logOptions = {
  level: isLevel ? wished : 'info',
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  redact: {
    paths: [
      'accessToken',
      'refreshToken',
      'email',
      'toAddress',
      'authorization',
      '*.accessToken',
      '*.refreshToken',
      '*.email',
      '*.authorization',
      'headers.authorization',
      'headers.cookie',
    ],
    censor: '[redacted]',
  },
  serializers: { error: errorForLog, err: errorForLog },
} satisfies LoggerOptions

export const log = pino(logOptions)

const TOLD_OF_ERRORS = ['type', 'message', 'stack', 'code', 'constraint', 'table', 'command', 'responseCode']

/** Libraries hang whole rows, headers and addresses on their errors: what helps to find the place is told, the rest is not. */
function errorForLog(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const whole: Record<string, unknown> = { ...pino.stdSerializers.err(error) }
  return Object.fromEntries(
    TOLD_OF_ERRORS.flatMap((name) => (whole[name] === undefined ? [] : [[name, whole[name]]])),
  )
}

export type Log = Pick<typeof log, 'info' | 'warn' | 'error' | 'debug'>
