// One look for every mail: ivory paper, ink and a little gold. Inline styles are the light scheme; the sheet turns it dark where the reader's mail client asks.
export const light = {
  page: '#f4efe4',
  card: '#fffdf8',
  panel: '#faf5ea',
  ink: '#241e16',
  soft: '#6a5d4a',
  line: '#e6dcc8',
  gold: '#86601b',
} as const

const dark = {
  page: '#14110c',
  card: '#1f1a13',
  panel: '#282117',
  ink: '#f4ebdb',
  soft: '#bfb19a',
  line: '#3d3425',
  gold: '#dfba70',
} as const

const serif = "Georgia, 'Times New Roman', Times, serif"
const sans = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"

/** Text colours and sizes by what they are for. The class of the same name carries the dark scheme. */
export const text = {
  body: { margin: '0 0 16px', fontFamily: sans, fontSize: '16px', lineHeight: '25px', color: light.ink },
  small: { margin: '0 0 8px', fontFamily: sans, fontSize: '14px', lineHeight: '21px', color: light.soft },
  label: {
    margin: 0,
    fontFamily: sans,
    fontSize: '12px',
    lineHeight: '18px',
    letterSpacing: '1.2px',
    textTransform: 'uppercase',
    color: light.gold,
  },
  heading: {
    margin: 0,
    fontFamily: serif,
    fontSize: '24px',
    lineHeight: '31px',
    fontWeight: 400,
    color: light.ink,
  },
  section: {
    margin: '0 0 10px',
    fontFamily: serif,
    fontSize: '19px',
    lineHeight: '26px',
    fontWeight: 400,
    color: light.ink,
  },
  figure: {
    margin: '6px 0 4px',
    fontFamily: serif,
    fontSize: '44px',
    lineHeight: '50px',
    fontWeight: 400,
    color: light.ink,
  },
} as const

export const cell = {
  fontFamily: sans,
  fontSize: '15px',
  lineHeight: '22px',
  padding: '9px 0',
  borderTop: `1px solid ${light.line}`,
}

const scheme = (prefix: string) => `
${prefix} .m-page { background-color: ${dark.page} !important; }
${prefix} .m-card { background-color: ${dark.card} !important; border-color: ${dark.line} !important; }
${prefix} .m-panel { background-color: ${dark.panel} !important; border-color: ${dark.line} !important; }
${prefix} .m-ink { color: ${dark.ink} !important; }
${prefix} .m-soft { color: ${dark.soft} !important; }
${prefix} .m-gold { color: ${dark.gold} !important; }
${prefix} .m-line { border-color: ${dark.line} !important; }
${prefix} .m-button { background-color: ${dark.gold} !important; color: ${dark.page} !important; }`

export const sheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
.m-figures { font-variant-numeric: tabular-nums; }
@media (max-width: 480px) {
  .m-pad { padding-left: 22px !important; padding-right: 22px !important; }
  .m-figure { font-size: 36px !important; line-height: 42px !important; }
  .m-button { display: block !important; text-align: center !important; }
}
@media (prefers-color-scheme: dark) {${scheme('')}
}
${scheme('[data-ogsc]')}
`
