// What a buyer is told, in the language of the storefront. The engine has no Intl: dates are spelled here.

export type Refusal =
  /** Outside its window. */
  | { reason: 'shut'; title: string; from: string; to: string }
  /** Early access runs, and nothing says that this buyer has it. */
  | { reason: 'early_only'; title: string; from: string }
  | { reason: 'pass_bad' | 'pass_revoked' | 'pass_expired' | 'pass_other_email'; title: string; from: string }
  | { reason: 'held'; title: string }
  | { reason: 'over_limit'; title: string; limit: number; bought: number }

interface Language {
  months: string[]
  /** A time of day, as it stands alone. */
  clock(time: string): string
  date(day: number, month: string, year: string): string
  /** Between the date and the time of one moment. */
  at: string
  quote(title: string): string
  shut(piece: string, from: string, to: string): string
  early_only(piece: string, from: string): string
  pass_bad(piece: string, from: string): string
  pass_revoked(piece: string, from: string): string
  pass_expired(piece: string, from: string): string
  pass_other_email(piece: string, from: string): string
  held(piece: string): string
  over_limit(piece: string, limit: number, bought: number): string
}

const EN: Language = {
  months: 'January February March April May June July August September October November December'.split(' '),
  clock: (time) => time,
  date: (day, month, year) => `${day} ${month} ${year}`,
  at: ', ',
  quote: (title) => `“${title}”`,
  shut: (piece, from, to) => `${piece} can be bought from ${from} to ${to}.`,
  early_only: (piece, from) =>
    `${piece} is in early access. It opens for everyone on ${from}. If you have early access, sign in or use your personal link.`,
  pass_bad: (piece, from) =>
    `This early-access link is not valid for ${piece}. It opens for everyone on ${from}.`,
  pass_revoked: (piece, from) =>
    `This early-access link has been withdrawn by the shop. ${piece} opens for everyone on ${from}.`,
  pass_expired: (piece, from) =>
    `This early-access link has expired. ${piece} opens for everyone on ${from}.`,
  pass_other_email: (piece, from) =>
    `This early-access link belongs to another email address. Please use the address that it was sent to. ${piece} opens for everyone on ${from}.`,
  held: (piece) =>
    `The sale of ${piece} is paused at the moment. Your bag is kept; please try again shortly.`,
  over_limit: (piece, limit, bought) =>
    `Each customer can buy ${limit} of ${piece} at most.${bought > 0 ? ` You have already bought ${bought}.` : ''}`,
}

const DE: Language = {
  months: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
  clock: (time) => `${time} Uhr`,
  date: (day, month, year) => `${day}. ${month} ${year}`,
  at: ', ',
  quote: (title) => `„${title}“`,
  shut: (piece, from, to) => `${piece} ist in dieser Zeit erhältlich: ${from} bis ${to}.`,
  early_only: (piece, from) =>
    `Für ${piece} läuft der Vorabzugang. Für alle öffnet der Verkauf am ${from}. Wenn Sie Vorabzugang haben, melden Sie sich an oder nutzen Sie Ihren persönlichen Link.`,
  pass_bad: (piece, from) =>
    `Dieser Link zum Vorabzugang gilt nicht für ${piece}. Für alle öffnet der Verkauf am ${from}.`,
  pass_revoked: (piece, from) =>
    `Der Shop hat diesen Link zum Vorabzugang zurückgezogen. Für alle öffnet der Verkauf von ${piece} am ${from}.`,
  pass_expired: (piece, from) =>
    `Dieser Link zum Vorabzugang ist abgelaufen. Für alle öffnet der Verkauf von ${piece} am ${from}.`,
  pass_other_email: (piece, from) =>
    `Dieser Link zum Vorabzugang gehört zu einer anderen E-Mail-Adresse. Bitte verwenden Sie die Adresse, an die er ging. Für alle öffnet der Verkauf von ${piece} am ${from}.`,
  held: (piece) =>
    `Der Verkauf von ${piece} ist gerade angehalten. Ihr Warenkorb bleibt erhalten; bitte versuchen Sie es gleich noch einmal.`,
  over_limit: (piece, limit, bought) =>
    `Von ${piece} kann jede Kundin und jeder Kunde höchstens ${limit} Stück kaufen.${bought > 0 ? ` Sie haben bereits ${bought} gekauft.` : ''}`,
}

const FR: Language = {
  months: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
  clock: (time) => time,
  date: (day, month, year) => `${day === 1 ? '1er' : day} ${month} ${year}`,
  at: ' à ',
  quote: (title) => `«\u00a0${title}\u00a0»`,
  shut: (piece, from, to) => `${piece} est en vente pendant cette période : ${from} – ${to}.`,
  early_only: (piece, from) =>
    `${piece} est en accès anticipé. La vente ouvre à tous le ${from}. Si vous avez un accès anticipé, connectez-vous ou utilisez votre lien personnel.`,
  pass_bad: (piece, from) =>
    `Ce lien d’accès anticipé n’est pas valable pour ${piece}. La vente ouvre à tous le ${from}.`,
  pass_revoked: (piece, from) =>
    `La boutique a retiré ce lien d’accès anticipé. La vente de ${piece} ouvre à tous le ${from}.`,
  pass_expired: (piece, from) =>
    `Ce lien d’accès anticipé a expiré. La vente de ${piece} ouvre à tous le ${from}.`,
  pass_other_email: (piece, from) =>
    `Ce lien d’accès anticipé appartient à une autre adresse e-mail. Utilisez l’adresse à laquelle il a été envoyé. La vente de ${piece} ouvre à tous le ${from}.`,
  held: (piece) =>
    `La vente de ${piece} est en pause pour le moment. Votre panier est conservé ; réessayez dans un instant.`,
  over_limit: (piece, limit, bought) =>
    `Chaque cliente ou client peut acheter au plus ${limit} exemplaire${limit > 1 ? 's' : ''} de ${piece}.${bought > 0 ? ` Vous en avez déjà acheté ${bought}.` : ''}`,
}

const IT: Language = {
  months:
    'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre'.split(
      ' ',
    ),
  clock: (time) => time,
  date: (day, month, year) => `${day} ${month} ${year}`,
  at: ', ore ',
  quote: (title) => `«${title}»`,
  shut: (piece, from, to) => `${piece} è in vendita in questo periodo: ${from} – ${to}.`,
  early_only: (piece, from) =>
    `${piece} è in accesso anticipato. Apertura per tutti: ${from}. Se hai l’accesso anticipato, accedi o usa il tuo link personale.`,
  pass_bad: (piece, from) =>
    `Questo link di accesso anticipato non vale per ${piece}. Apertura per tutti: ${from}.`,
  pass_revoked: (piece, from) =>
    `Il negozio ha ritirato questo link di accesso anticipato. ${piece}, apertura per tutti: ${from}.`,
  pass_expired: (piece, from) =>
    `Questo link di accesso anticipato è scaduto. ${piece}, apertura per tutti: ${from}.`,
  pass_other_email: (piece, from) =>
    `Questo link di accesso anticipato appartiene a un altro indirizzo email. Usa l’indirizzo a cui è stato inviato. ${piece}, apertura per tutti: ${from}.`,
  held: (piece) =>
    `La vendita di ${piece} è in pausa in questo momento. Il tuo carrello resta salvato: riprova tra poco.`,
  over_limit: (piece, limit, bought) =>
    `Ogni cliente può acquistare al massimo ${limit} ${limit > 1 ? 'pezzi' : 'pezzo'} di ${piece}.${bought > 0 ? ` Ne hai già acquistati: ${bought}.` : ''}`,
}

const ES: Language = {
  months: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(
    ' ',
  ),
  clock: (time) => `${time} h`,
  date: (day, month, year) => `${day} de ${month} de ${year}`,
  at: ', ',
  quote: (title) => `«${title}»`,
  shut: (piece, from, to) => `${piece} se vende en este periodo: ${from} – ${to}.`,
  early_only: (piece, from) =>
    `${piece} está en acceso anticipado. Apertura para todos: ${from}. Si tienes acceso anticipado, inicia sesión o usa tu enlace personal.`,
  pass_bad: (piece, from) =>
    `Este enlace de acceso anticipado no es válido para ${piece}. Apertura para todos: ${from}.`,
  pass_revoked: (piece, from) =>
    `La tienda ha retirado este enlace de acceso anticipado. ${piece}, apertura para todos: ${from}.`,
  pass_expired: (piece, from) =>
    `Este enlace de acceso anticipado ha caducado. ${piece}, apertura para todos: ${from}.`,
  pass_other_email: (piece, from) =>
    `Este enlace de acceso anticipado pertenece a otra dirección de correo. Usa la dirección a la que se envió. ${piece}, apertura para todos: ${from}.`,
  held: (piece) =>
    `La venta de ${piece} está en pausa en este momento. Tu carrito se conserva; vuelve a intentarlo en breve.`,
  over_limit: (piece, limit, bought) =>
    `Cada cliente puede comprar como máximo ${limit} ${limit > 1 ? 'unidades' : 'unidad'} de ${piece}.${bought > 0 ? ` Ya has comprado: ${bought}.` : ''}`,
}

const LANGUAGES: Record<string, Language> = { EN, DE, FR, IT, ES }

/** One sentence or two. Languages other than English, German, French, Italian and Spanish are answered in English. */
export function sentenceOf(refusal: Refusal, languageCode: string): string {
  const language = LANGUAGES[languageCode] ?? EN
  const piece = language.quote(refusal.title)
  switch (refusal.reason) {
    case 'shut':
      return language.shut(piece, ...spanOf(language, refusal.from, refusal.to))
    case 'held':
      return language.held(piece)
    case 'over_limit':
      return language.over_limit(piece, refusal.limit, refusal.bought)
    default: {
      const moment = readMoment(refusal.from)
      return language[refusal.reason](piece, `${spell(language, moment)} (${moment.offset})`)
    }
  }
}

interface Moment {
  date: string
  day: number
  month: number
  year: string
  time: string
  /** "UTC+1", "UTC−3:30", "UTC" */
  offset: string
}

/** Errors: throws for a text that is no local time with an offset. */
function readMoment(text: string): Moment {
  const found = /^((\d{4})-(\d{2})-(\d{2}))T(\d{2}:\d{2})(:\d{2})?([+-])(\d{2}):(\d{2})$/.exec(text)
  if (!found) throw new Error(`"${text}" is no local time with an offset.`)
  const [, date = '', year = '', month, day, minutes = '', seconds = ':00', sign, hours, rest] = found
  const isUtc = hours === '00' && rest === '00'
  const size = `${Number(hours)}${rest === '00' ? '' : `:${rest}`}`
  return {
    date,
    year,
    month: Number(month),
    day: Number(day),
    time: seconds === ':00' ? minutes : minutes + seconds,
    offset: isUtc ? 'UTC' : `UTC${sign === '-' ? '−' : '+'}${size}`,
  }
}

function spell(language: Language, { day, month, year, time }: Moment): string {
  return language.date(day, language.months[month - 1] ?? '', year) + language.at + language.clock(time)
}

/** On one day the second moment is its time alone; the offset stands once unless clocks change in between. */
function spanOf(language: Language, from: string, to: string): [from: string, to: string] {
  const start = readMoment(from)
  const end = readMoment(to)
  const startText = spell(language, start)
  const endText = start.date === end.date ? language.clock(end.time) : spell(language, end)
  return [
    start.offset === end.offset ? startText : `${startText} (${start.offset})`,
    `${endText} (${end.offset})`,
  ]
}
