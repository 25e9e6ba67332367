/** The printed number: the creator's handle in capitals and a running number, LUMEN-0004. */
export function statementNumber(handle: string, sequence: number): string {
  return `${handle.toUpperCase()}-${String(sequence).padStart(4, '0')}`
}
