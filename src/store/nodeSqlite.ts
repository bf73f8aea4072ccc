import type * as sqlite from 'node:sqlite';

const isExperimental = (rest: readonly unknown[]): boolean => {
  const [kind] = rest;
  return kind === 'ExperimentalWarning' || (kind as { type?: unknown } | undefined)?.type === 'ExperimentalWarning';
};

/** Node 22 warns whoever loads this module that it is experimental; to people who start a bot that says nothing. */
export function loadSqlite(): typeof sqlite {
  const warn = process.emitWarning;
  process.emitWarning = ((warning: string, ...rest: never[]) => {
    if (!isExperimental(rest)) warn.call(process, warning, ...rest);
  }) as typeof process.emitWarning;
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = warn;
  }
}
