import { isMysql } from '../../../operations/index.ts';
import type { StatementHost } from '../host.ts';

/** What the application is taken to run when its lock file does not say: the newest release these tables know. */
const newestRelease: readonly number[] = [8, 1];

/** True when the migration asks for Active Record `wanted` or newer (`ActiveRecord::Migration[7.1]`): decides defaults. */
export function asksFor(host: StatementHost, ...wanted: number[]): boolean {
  return compare(host.version, wanted) >= 0;
}

/**
 * True when the application runs Active Record `wanted` or newer: decides what exists and how it behaves whatever the migration's own version.
 * Without a lock file it is the newest release known here.
 */
export function runsOn(host: StatementHost, ...wanted: number[]): boolean {
  return compare(runningRelease(host), wanted) >= 0;
}

/** True when the lock file says that the application runs an Active Record older than `wanted`. */
export function runsBefore(host: StatementHost, ...wanted: number[]): boolean {
  return host.environment.railsVersion !== null && compare(host.environment.railsVersion, wanted) < 0;
}

/** The release for messages: `7.1`. */
export function printRelease(version: readonly number[]): string {
  return version.slice(0, 2).join('.');
}

/** True on Postgres. */
export function onPostgres(host: StatementHost): boolean {
  return host.environment.engine.name === 'postgres';
}

/** True on MySQL and MariaDB. */
export function onMysql(host: StatementHost): boolean {
  return isMysql(host.environment.engine);
}

/** True on SQLite. */
export function onSqlite(host: StatementHost): boolean {
  return host.environment.engine.name === 'sqlite';
}

/** True when the lock file names the library. */
export function hasLibrary(host: StatementHost, name: string): boolean {
  return host.environment.libraries.has(name);
}

function runningRelease(host: StatementHost): readonly number[] {
  if (host.environment.railsVersion) return host.environment.railsVersion;
  return compare(host.version, newestRelease) > 0 ? host.version : newestRelease;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let part = 0; part < b.length; part++) {
    const difference = (a[part] ?? 0) - (b[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
