// What mails about payout details say, by language.
const en = {
  greeting: 'Dear {name},',
  why: 'You receive this mail because you sell together with {shop}.',
  changed: {
    subject: 'New payout details at {shop}',
    heading: 'New payout details',
    body: 'From now on {shop} pays your royalties to the account named below.',
    held: 'For your safety nothing is paid there before {date}.',
    notYou:
      'Was this not you? Write to {contact} at once. This mail also went to the address that was used before.',
    changedOn: 'Changed on',
  },
  asked: {
    subject: '{shop} would like to pay you',
    heading: 'Where may we pay you?',
    body: '{shop} needs to know where to pay your royalties. Your details are stored encrypted.',
    button: 'Enter payout details',
    expires: 'The link works once and until {date}.',
    personal: 'The link is for you alone: do not pass it on.',
  },
}

export type MethodWords = typeof en

const de: MethodWords = {
  greeting: 'Guten Tag {name},',
  why: 'Sie erhalten diese Nachricht, weil Sie gemeinsam mit {shop} verkaufen.',
  changed: {
    subject: 'Neue Auszahlungsdaten bei {shop}',
    heading: 'Neue Auszahlungsdaten',
    body: 'Ab jetzt zahlt {shop} Ihre Vergütungen auf das unten genannte Konto.',
    held: 'Zu Ihrer Sicherheit wird vor dem {date} nichts dorthin gezahlt.',
    notYou:
      'Waren Sie das nicht? Schreiben Sie sofort an {contact}. Diese Nachricht ging auch an die vorher benutzte Adresse.',
    changedOn: 'Geändert am',
  },
  asked: {
    subject: '{shop} möchte Sie bezahlen',
    heading: 'Wohin dürfen wir zahlen?',
    body: '{shop} braucht Ihre Auszahlungsdaten für Ihre Vergütungen. Sie werden verschlüsselt gespeichert.',
    button: 'Auszahlungsdaten eingeben',
    expires: 'Der Link gilt einmal und bis zum {date}.',
    personal: 'Der Link ist nur für Sie: Geben Sie ihn nicht weiter.',
  },
}

const fr: MethodWords = {
  greeting: 'Bonjour {name},',
  why: 'Vous recevez ce message parce que vous vendez avec {shop}.',
  changed: {
    subject: 'Nouvelles coordonnées de paiement chez {shop}',
    heading: 'Nouvelles coordonnées de paiement',
    body: 'Désormais, {shop} verse vos redevances sur le compte indiqué ci-dessous.',
    held: 'Pour votre sécurité, rien n’y sera versé avant le {date}.',
    notYou:
      'Ce n’était pas vous\u202f? Écrivez tout de suite à {contact}. Ce message a aussi été envoyé à l’adresse utilisée auparavant.',
    changedOn: 'Modifié le',
  },
  asked: {
    subject: '{shop} souhaite vous payer',
    heading: 'Où pouvons-nous vous payer\u202f?',
    body: '{shop} a besoin de savoir où verser vos redevances. Vos coordonnées sont conservées chiffrées.',
    button: 'Saisir mes coordonnées',
    expires: 'Le lien fonctionne une seule fois, jusqu’au {date}.',
    personal: 'Ce lien est personnel\u202f: ne le transmettez pas.',
  },
}

const it: MethodWords = {
  greeting: 'Ciao {name},',
  why: 'Ricevi questo messaggio perché vendi insieme a {shop}.',
  changed: {
    subject: 'Nuovi dati di pagamento presso {shop}',
    heading: 'Nuovi dati di pagamento',
    body: 'Da ora {shop} versa i tuoi compensi sul conto indicato qui sotto.',
    held: 'Per la tua sicurezza non verrà pagato nulla prima del {date}.',
    notYou:
      'Non sei stato tu? Scrivi subito a {contact}. Questo messaggio è andato anche all’indirizzo usato in precedenza.',
    changedOn: 'Cambiati il',
  },
  asked: {
    subject: '{shop} vorrebbe pagarti',
    heading: 'Dove possiamo pagarti?',
    body: '{shop} deve sapere dove versare i tuoi compensi. I tuoi dati sono conservati cifrati.',
    button: 'Inserisci i dati di pagamento',
    expires: 'Il link funziona una volta sola, fino al {date}.',
    personal: 'Il link è solo per te: non inoltrarlo.',
  },
}

const es: MethodWords = {
  greeting: 'Hola, {name}:',
  why: 'Recibes este mensaje porque vendes junto con {shop}.',
  changed: {
    subject: 'Nuevos datos de pago en {shop}',
    heading: 'Nuevos datos de pago',
    body: 'Desde ahora {shop} paga tus regalías en la cuenta indicada abajo.',
    held: 'Por tu seguridad no se paga nada allí antes del {date}.',
    notYou:
      '¿No fuiste tú? Escribe enseguida a {contact}. Este mensaje también fue a la dirección usada antes.',
    changedOn: 'Cambiados el',
  },
  asked: {
    subject: '{shop} quiere pagarte',
    heading: '¿Dónde podemos pagarte?',
    body: '{shop} necesita saber dónde pagar tus regalías. Tus datos se guardan cifrados.',
    button: 'Introducir datos de pago',
    expires: 'El enlace funciona una vez y hasta el {date}.',
    personal: 'El enlace es solo para ti: no lo compartas.',
  },
}

const languages: Record<string, MethodWords> = { en, de, fr, it, es }

export function methodWords(language: string): MethodWords {
  return (Object.hasOwn(languages, language) ? languages[language] : undefined) ?? en
}
