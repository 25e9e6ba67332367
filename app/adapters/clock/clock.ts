// The business clock. In production the machine's; on the sandbox the sandbox's, which can be moved; in tests a fixed one.
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands until it is moved. */
export class ManualClock implements Clock {
  private current: number
  constructor(start: string | Date) {
    this.current = new Date(start).getTime()
  }
  now(): Date {
    return new Date(this.current)
  }
  moveTo(instant: string | Date): void {
    this.current = new Date(instant).getTime()
  }
  advance(milliseconds: number): void {
    this.current += milliseconds
  }
}
