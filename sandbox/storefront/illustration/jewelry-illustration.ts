// Pictures of products: drawn from the product's type and title, the same every time.
import { createHash } from 'node:crypto'
import type { Product } from '#sandbox/state/nouns.ts'
import { bracelet, brooch, earrings, necklace, ring } from './pieces.ts'

export interface Palette {
  metal: { light: string; middle: string; deep: string }
  gem: { light: string; middle: string; deep: string }
  /** Stable number of the product, for small variations. */
  seed: number
}

const METALS = {
  gold: { light: '#f3dca6', middle: '#cfa356', deep: '#8f6726' },
  rose: { light: '#f3cdbb', middle: '#cd8f76', deep: '#8a5443' },
  silver: { light: '#f2f3f5', middle: '#b5bac2', deep: '#717883' },
}

const GEMS: Array<[RegExp, Palette['gem']]> = [
  [/emerald|green|moss|fern|leaf/i, { light: '#a9dcc0', middle: '#2f8f68', deep: '#0e4a35' }],
  [/ruby|garnet|red|pomegranate/i, { light: '#f3a5ab', middle: '#b3263d', deep: '#5f0d1e' }],
  [/sapphire|blue|sea|tide|lapis/i, { light: '#a8c7f0', middle: '#2b5fa8', deep: '#122f5e' }],
  [/amethyst|violet|iris|plum/i, { light: '#d7bdec', middle: '#7c4fa8', deep: '#3f2260' }],
  [/amber|citrine|honey|sun|topaz/i, { light: '#fbe2a0', middle: '#dd9a2c', deep: '#8a5508' }],
  [/opal|pearl|moon|snow|diamond|clear/i, { light: '#ffffff', middle: '#dfe6ec', deep: '#9fb0bd' }],
  [/onyx|night|black|jet/i, { light: '#8d8a96', middle: '#3a3742', deep: '#141219' }],
]
const GROUNDS = ['#f2ebe1', '#e9ece6', '#efe6e4', '#e8e9ee', '#f0ece2']

/** SVG text of a square picture. */
export function illustrateProduct(product: Product): string {
  const seed = createHash('sha256').update(product.handle).digest().readUInt32BE(0)
  const words = `${product.title} ${product.tags.join(' ')}`
  const metal = /rose/i.test(words)
    ? METALS.rose
    : /silver|steel|platinum|white gold/i.test(words)
      ? METALS.silver
      : METALS.gold
  const gem =
    GEMS.find(([pattern]) => pattern.test(words))?.[1] ?? GEMS[seed % GEMS.length]?.[1] ?? METALS.gold
  const ground = GROUNDS[seed % GROUNDS.length] ?? '#f2ebe1'
  const piece = pieceFor(`${product.productType} ${product.title}`)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800" role="img"><defs>
<radialGradient id="ground" cx="50%" cy="38%" r="75%"><stop offset="0" stop-color="#fff" stop-opacity=".75"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>
<linearGradient id="metal" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${metal.light}"/><stop offset=".42" stop-color="${metal.middle}"/><stop offset=".62" stop-color="${metal.light}"/><stop offset="1" stop-color="${metal.deep}"/></linearGradient>
<linearGradient id="gem" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${gem.light}"/><stop offset=".5" stop-color="${gem.middle}"/><stop offset="1" stop-color="${gem.deep}"/></linearGradient>
<filter id="soft" x="-30%" y="-200%" width="160%" height="500%"><feGaussianBlur stdDeviation="18"/></filter></defs>
<rect width="800" height="800" fill="${ground}"/><rect width="800" height="800" fill="url(#ground)"/>
${piece({ metal, gem, seed })}</svg>`
}

function pieceFor(words: string): (palette: Palette) => string {
  if (/earring|stud|hoop|drop/i.test(words)) return earrings
  if (/necklace|pendant|chain|choker|locket/i.test(words)) return necklace
  if (/bracelet|bangle|cuff|anklet/i.test(words)) return bracelet
  return /\bring\b|rings|band|signet/i.test(words) ? ring : brooch
}
