// Manners of every command line: --help, one clear line for a wrong call (exit code 2), the cause for what broke (exit code 1).
export class CliError extends Error {}

export async function runCli(help: string, main: (args: string[]) => Promise<number>): Promise<void> {
  const args = process.argv.slice(2)
  if (args.includes('--help') || args.includes('-h')) {
    console.log(help)
    process.exit(0)
  }
  try {
    const code = await main(args)
    // Set when the process really ends: the embedded database's own exit hook would end it with 0.
    process.once('exit', () => {
      process.exitCode = code
    })
  } catch (error) {
    if (error instanceof CliError) {
      console.error(error.message)
      process.exit(2)
    }
    console.error(
      error instanceof Error ? (process.env.LOG_LEVEL === 'debug' ? error.stack : error.message) : error,
    )
    process.exit(1)
  }
}
