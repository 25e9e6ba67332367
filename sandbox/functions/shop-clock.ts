// The shop's clock as functions see it: local times without a zone, to the second, and comparisons with them.

const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/
const TIME = /^\d{2}:\d{2}:\d{2}$/

export interface ShopClock {
  /** YYYY-MM-DDTHH:mm:ss */
  dateTime: string
  date: string
  time: string
}

export function shopClock(now: Date, timeZone: string): ShopClock {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(now)
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  const date = `${of('year')}-${of('month')}-${of('day')}`
  const time = `${of('hour')}:${of('minute')}:${of('second')}`
  return { dateTime: `${date}T${time}`, date, time }
}

/** Fields of `LocalTime`. Errors: throws for an argument that is no local time. */
export function localTimeFields(clock: ShopClock): Record<string, (args: Record<string, string>) => unknown> {
  const local = (text: string | undefined) => checked(LOCAL, text)
  const time = (text: string | undefined) => checked(TIME, text)
  return {
    date: () => clock.date,
    dateTimeAfter: (args) => clock.dateTime >= local(args.dateTime),
    dateTimeBefore: (args) => clock.dateTime < local(args.dateTime),
    // Whether the end belongs to it is not documented; here it does, which is the worse of both for whoever must not sell late.
    dateTimeBetween: (args) =>
      clock.dateTime >= local(args.startDateTime) && clock.dateTime <= local(args.endDateTime),
    timeAfter: (args) => clock.time >= time(args.time),
    timeBefore: (args) => clock.time < time(args.time),
    timeBetween: (args) => clock.time >= time(args.startTime) && clock.time <= time(args.endTime),
  }
}

function checked(form: RegExp, text: string | undefined): string {
  if (text === undefined || !form.test(text)) throw new Error(`"${text}" is no local time without a zone`)
  return text
}
