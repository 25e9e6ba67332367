// The English of every screen, by area.
import { agreements } from './en/agreements.ts'
import { awards } from './en/awards.ts'
import { common } from './en/common.ts'
import { creators } from './en/creators.ts'
import { drops } from './en/drops.ts'
import { home } from './en/home.ts'
import { ledger } from './en/ledger.ts'
import { passes } from './en/passes.ts'
import { payouts } from './en/payouts.ts'
import { settings } from './en/settings.ts'
import { simulator } from './en/simulator.ts'
import { statements } from './en/statements.ts'
import { status } from './en/status.ts'
import { tasks } from './en/tasks.ts'

export const en = {
  common,
  status,
  home,
  creators,
  agreements,
  awards,
  drops,
  passes,
  ledger,
  statements,
  payouts,
  settings,
  simulator,
  tasks,
}
