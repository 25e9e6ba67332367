// IBAN and BIC, checked as far as paper can: length of the country, check digits, alphabet.

export type IbanResult =
  | { ok: true; iban: string; country: string }
  | {
      ok: false
      reason: 'iban_malformed' | 'iban_unknown_country' | 'iban_wrong_length' | 'iban_check_digits'
    }

/** Characters of each country's IBAN. */
const LENGTHS =
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 ' +
  'FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 ' +
  'LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 ' +
  'SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
const lengths = new Map(LENGTHS.split(' ').map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]))

/** In the scheme and outside the European Economic Area: there the payee's address must be told. */
const SEPA_BEYOND_EEA = new Set('AD AL CH GB GG GI IM JE MC MD ME MK PM RS SM VA'.split(' '))
const EEA = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' '),
)

/** Without blanks, upper case. */
export function parseIban(text: string): IbanResult {
  const iban = text.replace(/[\s\u00a0-]+/g, '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{1,30}$/.test(iban)) return { ok: false, reason: 'iban_malformed' }
  const country = iban.slice(0, 2)
  const length = lengths.get(country)
  if (length === undefined) return { ok: false, reason: 'iban_unknown_country' }
  if (iban.length !== length) return { ok: false, reason: 'iban_wrong_length' }
  const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  )
  if (BigInt(digits) % 97n !== 1n) return { ok: false, reason: 'iban_check_digits' }
  return { ok: true, iban, country }
}

export function isInSepa(country: string): boolean {
  return EEA.has(country) || SEPA_BEYOND_EEA.has(country)
}

export function needsAddress(country: string): boolean {
  return SEPA_BEYOND_EEA.has(country)
}

/** A BIC of 8 or 11 characters, or null. */
export function parseBic(text: string): string | null {
  const bic = text.replace(/\s+/g, '').toUpperCase()
  return /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic) ? bic : null
}
