// Writes XML messages: elements in the order given, no blanks between them that a signature would have to know about.

/** Name, text or children, attributes. */
export type MessageElement =
  | [name: string, content: string | MessageElement[]]
  | [name: string, content: string | MessageElement[], attributes: Record<string, string>]

export function writeXml(root: MessageElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeElement(root)}\n`
}

function writeElement([name, content, attributes = {}]: MessageElement): string {
  const head = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
  const body = typeof content === 'string' ? escapeXml(content) : content.map(writeElement).join('')
  return `<${name}${head.join('')}>${body}</${name}>`
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
