// Stops a server without dropping what it has begun: no new connections, what runs may end, then everything is closed.
import type { Server } from 'node:http'

export interface Stoppable {
  isStopping(): boolean
}

/** `onStopped` closes what requests use; the process ends when it has. */
export function stopGracefully(
  server: Server,
  options: { graceMs: number; onStopped: () => Promise<void> },
): Stoppable {
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    const ended = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeIdleConnections()
    const force = setTimeout(() => server.closeAllConnections(), options.graceMs)
    // Connections that fall idle later are kept open by clients: close them as they do.
    const sweep = setInterval(() => server.closeIdleConnections(), 200)
    ended
      .then(() => {
        clearTimeout(force)
        clearInterval(sweep)
        return options.onStopped()
      })
      .then(
        () => process.exit(0),
        () => process.exit(1),
      )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  return { isStopping: () => stopping }
}
