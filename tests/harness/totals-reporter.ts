// Ends the run with its true totals on one plain line.
import type { Reporter, TestCase, TestModule } from 'vitest/node'

export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<unknown>): void {
    let passed = 0
    let failed = unhandledErrors.length
    let skipped = 0
    const count = (test: TestCase) => {
      const { state } = test.result()
      if (state === 'passed') passed += 1
      else if (state === 'failed') failed += 1
      else skipped += 1
    }
    for (const module of modules) {
      // A file that does not even load has failed, though it has no tests to say so.
      if (
        module.errors().length > 0 ||
        (module.state() === 'failed' && [...module.children.allTests()].length === 0)
      )
        failed += 1
      for (const test of module.children.allTests()) count(test)
    }
    const line = `${passed} passed, ${failed} failed, ${skipped} skipped`
    // After every other reporter has written its summary. The embedded database's exit hook ends the process with 0 whatever happened: a run
    // with a failure in it must say so to whoever started it.
    process.once('exit', () => {
      process.stdout.write(`${line}\n`)
      if (failed > 0) process.exitCode = 1
    })
  }
}
