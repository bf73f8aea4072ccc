import pino from 'pino';
import type { Log } from './ports.ts';

/**
 * Lines of JSON on stdout. Steps log ids and codes, never names or secrets; what is redacted here is a second fence
 * around the fields in which a careless line could carry them.
 */
export const createLog = (level: string): Log =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: [
        'token',
        'authorization',
        'assertion',
        'secret',
        'unlockPin',
        'pin',
        'passcode',
        'password',
        '*.token',
        '*.secret',
        '*.unlockPin',
      ],
      censor: '(hidden)',
    },
  });
