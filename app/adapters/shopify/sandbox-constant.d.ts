/** True in builds that may speak to the sandbox (development, tests, demo); false in production, where the seam is then left out. */
declare const __SANDBOX__: boolean
