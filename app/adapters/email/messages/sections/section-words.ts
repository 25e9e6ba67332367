import type { sectionsEn } from './en.ts'

export type SectionWords = typeof sectionsEn
