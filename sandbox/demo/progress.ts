// A progress bar on a terminal, plain lines elsewhere.
export interface Progress {
  step(done: number, total: number, label: string): void
  say(line: string): void
  end(): void
}

const WIDTH = 28

export function openProgress(stream: NodeJS.WriteStream): Progress {
  let lastLabel = ''
  let open = false
  return {
    step(done, total, label) {
      const part = total === 0 ? 1 : Math.min(1, done / total)
      if (!stream.isTTY) {
        if (label !== lastLabel) stream.write(`  ${String(Math.round(part * 100)).padStart(3)} %  ${label}\n`)
        lastLabel = label
        return
      }
      const filled = Math.round(part * WIDTH)
      stream.write(
        `\r\u001b[2K  ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${String(Math.round(part * 100)).padStart(3)} %  ${label}`,
      )
      open = true
    },
    say(line) {
      if (open) stream.write('\n')
      open = false
      stream.write(`${line}\n`)
    },
    end() {
      if (open) stream.write('\n')
      open = false
    },
  }
}
