import { beforeAll, describe, expect, it } from 'vitest';
import { actions } from '../../src/engines/mysql/actions.ts';
import { baseRows, baseTables, claims, refused } from './mariadb-claims.ts';
import { runStatements, socket } from './mariadb-server.ts';
import { told } from './mariadb-told.ts';

const clauses = ['ALGORITHM=INSTANT', 'ALGORITHM=NOCOPY', 'ALGORITHM=INPLACE', 'ALGORITHM=COPY', 'LOCK=NONE', 'LOCK=SHARED'];

/** The statement with the clause where the grammar takes it. */
function withClause(statement: string, clause: string): string {
  if (/^(?:CREATE|DROP) /.test(statement)) return `${statement} ${clause}`;
  const partitions = / (?:PARTITION BY|REMOVE PARTITIONING)/.exec(statement);
  return partitions ? `${statement.slice(0, partitions.index)} ${clause}${statement.slice(partitions.index)}` : `${statement}, ${clause}`;
}

/** The tables as new, with their rows. */
const anew = (setup: readonly string[], rows: readonly string[] = []) => ['SET foreign_key_checks = 1', 'DROP TABLE IF EXISTS t', 'DROP TABLE IF EXISTS parent', ...baseTables, ...baseRows, ...setup, ...rows];

/** Runs each statement on tables of its own: its error number, or null. */
function executed(statements: readonly string[], setup: readonly string[], rows: readonly string[] = []): (string | null)[] {
  const all = ['USE anzen_proof'];
  const places = statements.map((statement) => all.push(...anew(setup, rows), statement) - 1);
  const errors = runStatements(all);
  const stray = [...errors].find(([at]) => !places.includes(at));
  if (stray) throw new Error(`${all[stray[0]] ?? ''}: ${stray[1].message}`);
  return places.map((at) => errors.get(at)?.number ?? null);
}

describe('the claims about MariaDB', () => {
  it('are each executed, or have a page', () => {
    const proven = new Set<string>(claims.flatMap(({ proves }) => proves));
    const bare = Object.entries(actions).filter(([name, { mariadb }]) => mariadb.at(-1)?.proof.how === 'executed' && !proven.has(name));
    expect(bare.map(([name]) => name)).toEqual([]);
    const pages = Object.values(actions).flatMap(({ mysql, mariadb }) => [...mysql, ...mariadb]).flatMap(({ proof }) => (proof.how === 'documented' ? [proof.page] : []));
    expect(pages.filter((page) => !/^https:\/\/\S+$/.test(page))).toEqual([]);
  });
});

describe.skipIf(socket === '')('MariaDB', () => {
  beforeAll(() => {
    runStatements(['DROP DATABASE IF EXISTS anzen_proof', 'CREATE DATABASE anzen_proof']);
  });

  it.each(claims.filter(({ meets }) => !meets?.[0] || meets[0].length > 0).map((claim) => [`${claim.sql}${claim.setup?.length ? ` after ${claim.setup.join('; ')}` : ''}`, claim] as const))('refuses what is told to be refused: %s', (_, { sql: statement, setup = [] }) => {
    const spelt = clauses.map((clause) => withClause(statement, clause));
    const answers = executed([...spelt, statement], setup);
    const seen = answers.slice(0, -1).map((number, at) => `${clauses[at] ?? ''} ${number === null ? 'works' : `fails with ${number}`}`);
    const wanted = spelt.map((text, at) => {
      const refusal = told(text, [...baseTables, ...setup]).find((effect) => effect.refused)?.refused;
      const number = answers[at] ?? '';
      return `${clauses[at] ?? ''} ${refusal ? `fails with ${refusal.error.split(' or ').includes(number) ? number : refusal.error}` : 'works'}`;
    });
    expect(seen).toEqual(wanted);
    expect(answers.at(-1)).toBeNull();
  });

  it.each(claims.flatMap((claim) => (claim.meets ? [[claim.sql, claim, claim.meets] as const] : [])))('fails on rows as told: %s', (_, { sql: statement, setup = [] }, [rows, error]) => {
    expect(told(statement, [...baseTables, ...setup]).flatMap(({ assumes }) => assumes.map((assumption) => assumption.error))).toContain(error);
    expect(executed([statement], setup, rows)).toEqual([error]);
  });

  it.each(refused)('fails always, as told: %s', (statement, error, setup) => {
    expect(told(statement, [...baseTables, ...setup]).flatMap(({ assumes }) => assumes.map((assumption) => assumption.error))).toContain(error);
    expect(executed([statement], setup)).toEqual([error]);
  });
});
