// The English of every screen, by area.
import { common } from './en/common.ts'
import { home } from './en/home.ts'
import { ledger } from './en/ledger.ts'
import { settings } from './en/settings.ts'
import { statements } from './en/statements.ts'
import { status } from './en/status.ts'

export const en = { common, status, home, ledger, statements, settings }
