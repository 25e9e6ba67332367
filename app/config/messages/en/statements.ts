export const statements = {}
