import type { Instant } from '../model/person.ts';
import type { Sql } from './engine.ts';

/** Notices that show what is true, and were not touched since `before`. */
export const dropOldNotices = (sql: Sql, before: Instant) =>
  sql.all(
    `DELETE FROM notice WHERE (base, about) IN (SELECT base, about FROM notice
       WHERE due = 0 AND used_at < $1 /*pg:FOR UPDATE SKIP LOCKED*/)`,
    [before],
  );

/** Notices that waited since `before` in places where nobody can be spoken to. */
export const dropLostNotices = (sql: Sql, before: Instant) =>
  sql.all(
    `DELETE FROM notice WHERE (base, about) IN (SELECT base, about FROM notice
       WHERE due = 1 AND used_at < $1 AND base IN (SELECT base FROM lane WHERE dead_at IS NOT NULL)
       /*pg:FOR UPDATE SKIP LOCKED*/)`,
    [before],
  );

/** What was done elsewhere, and has stood as it is since `before`. */
export const dropOldElsewhere = (sql: Sql, before: Instant) =>
  sql.all(`DELETE FROM elsewhere WHERE id IN (SELECT id FROM elsewhere WHERE at < $1 /*pg:FOR UPDATE SKIP LOCKED*/)`, [
    before,
  ]);
