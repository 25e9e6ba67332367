export const agreements = {}
