// Headers that hold for every answer. Who may frame a page is decided where pages are rendered.
import type { NextFunction, Request, Response } from 'express'

export function securityHeaders(isHttps: boolean) {
  return (request: Request, response: Response, next: NextFunction): void => {
    response.setHeader('X-Content-Type-Options', 'nosniff')
    // Creators' and shoppers' addresses carry their proof: they must not travel on.
    response.setHeader(
      'Referrer-Policy',
      /^\/[cs]\//.test(request.path) ? 'no-referrer' : 'strict-origin-when-cross-origin',
    )
    response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=()')
    if (isHttps) response.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
    next()
  }
}
