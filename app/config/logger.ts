// Structured logs: one JSON line an event, with request id and shop where there are any. Secrets and people never reach them.
import { pino } from 'pino'

// Read before the environment is checked, which names a level that does not exist: until then it must not end the process.
const wished = process.env.LOG_LEVEL?.trim() ?? ''
const isLevel = wished === 'silent' || Object.hasOwn(pino.levels.values, wished)

export const log = pino({
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
  serializers: { error: pino.stdSerializers.err, err: pino.stdSerializers.err },
})

export type Log = Pick<typeof log, 'info' | 'warn' | 'error' | 'debug'>
