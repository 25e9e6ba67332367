import { expect, test } from 'vitest'
import { planYear } from './plan-orders.ts'
import { SCENES } from './scenes.ts'
import { splitIntoMonths } from './tell-months.ts'

test('scenes lie inside the story, on days that every month has, at hours when somebody is there', () => {
  const months = splitIntoMonths(planYear(new Date('2026-11-15T12:00:00Z'), 1))
  for (const scene of SCENES) {
    expect(months[scene.inMonth]).toBeDefined()
    expect(scene.day).toBeGreaterThanOrEqual(1)
    expect(scene.day).toBeLessThanOrEqual(28)
    // Statements of the month before go out at nine: nothing is told before.
    expect(scene.hour).toBeGreaterThanOrEqual(9)
    expect(scene.hour).toBeLessThanOrEqual(21)
  }
})

test('nobody is paid before they could say where, and every run hears from the bank before the next one', () => {
  const at = ({ inMonth, day }: { inMonth: number; day: number }) => inMonth * 31 + day
  const of = (name: string) => SCENES.filter(({ play }) => play.name === name).map(at)
  const [asked = 0] = of('everybodySaysWhereToBePaid')
  const runs = of('payEverybody')
  const answers = [...of('bankConfirms'), ...of('bankSendsOneBack')].sort((a, b) => a - b)
  expect(Math.min(...runs)).toBeGreaterThan(asked)
  for (const [index, run] of runs.entries()) {
    const answer = answers.find((day) => day > run) ?? 0
    expect(answer).toBeGreaterThan(run)
    expect(answer).toBeLessThan(runs[index + 1] ?? Number.POSITIVE_INFINITY)
  }
})
