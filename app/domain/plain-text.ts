// Texts from people, before they are kept: what no keyboard types and Postgres refuses in part (a zero byte, half of a character).
const UNREADABLE = /(?![\t\n\r])[\p{Cc}\p{Cs}]/u

/** Whether the text holds control characters other than tabs and line breaks, or half of a character. */
export function hasUnreadable(text: string): boolean {
  return UNREADABLE.test(text)
}

/** The text without them. */
export function withoutUnreadable(text: string): string {
  return text.replace(new RegExp(UNREADABLE, 'gu'), '')
}
