import type { ColumnType, Engine, QualifiedName } from '../operations/index.ts';
import { isMysql, olderThan } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import { objectName } from './naming.ts';
import type { RemedyStatement } from './remedy.ts';
import { quoteName, quoteQualified } from './sql/name.ts';
import { rawSql } from './step.ts';

/** The statements that put triggers on a table, and those that take them off again. */
export interface Triggers {
  readonly create: readonly RemedyStatement[];
  readonly drop: readonly RemedyStatement[];
  /** SQL condition on one row: it is not yet as the trigger would have made it. */
  readonly stale: string;
}

/**
 * Triggers that keep two columns equal, whichever of them is written. An UPDATE that changes one copies it to the other (`after` wins when
 * both change); an INSERT copies whichever is given; any other write fills the one that is still NULL. Rows from before the triggers need a backfill.
 */
export function keepEqual(table: QualifiedName, before: string, after: string, type: ColumnType | null, c: RemedyContext): Triggers {
  const name = triggerName(['sync', table.name, before, after], table, c);
  const [from, to] = [quoteName(before, c.engine), quoteName(after, c.engine)];
  const compare = comparison(type, c.engine);
  const stale = compare(to, from);
  if (isMysql(c.engine)) {
    const changed = (column: string): string => compare(`NEW.${column}`, `OLD.${column}`);
    return mysqlTriggers(table, name, stale, c.engine, {
      insert: `SET NEW.${to} = COALESCE(NEW.${to}, NEW.${from}), NEW.${from} = NEW.${to}`,
      update: `SET NEW.${from} = CASE WHEN ${changed(to)} THEN NEW.${to} WHEN ${changed(from)} THEN NEW.${from} ELSE COALESCE(NEW.${to}, NEW.${from}) END, NEW.${to} = NEW.${from}`,
    });
  }
  return postgresTrigger(table, name, stale, c.engine, [
    `IF TG_OP = 'UPDATE' AND ${compare(`NEW.${to}`, `OLD.${to}`)} THEN`,
    `  NEW.${from} := NEW.${to};`,
    `ELSIF TG_OP = 'UPDATE' AND ${compare(`NEW.${from}`, `OLD.${from}`)} THEN`,
    `  NEW.${to} := NEW.${from};`,
    'ELSE',
    `  NEW.${to} := coalesce(NEW.${to}, NEW.${from});`,
    `  NEW.${from} := NEW.${to};`,
    'END IF;',
  ]);
}

/** A trigger that computes one column from its row at every write. `expression` is written as in a query on the table. Postgres only. */
export function keepComputed(table: QualifiedName, column: string, expression: string, c: RemedyContext): Triggers {
  const name = triggerName(['fill', table.name, column], table, c);
  const target = quoteName(column, c.engine);
  const row = quoteName(table.name, c.engine);
  return postgresTrigger(table, name, `${target} IS NULL`, c.engine, [
    `NEW.${target} := (SELECT ${expression} FROM (SELECT NEW.*) AS ${row});`,
  ]);
}

/** A trigger that copies one column to another at every write; the server converts the value as an assignment does. Postgres only. */
export function keepCopied(table: QualifiedName, from: string, to: string, c: RemedyContext): Triggers {
  const name = triggerName(['copy', table.name, from, to], table, c);
  const [source, target] = [quoteName(from, c.engine), quoteName(to, c.engine)];
  return postgresTrigger(table, name, `${target} IS NULL AND ${source} IS NOT NULL`, c.engine, [`NEW.${target} := NEW.${source};`]);
}

function postgresTrigger(table: QualifiedName, name: string, stale: string, engine: Engine, body: readonly string[]): Triggers {
  const on = quoteQualified(table, engine);
  const routine = quoteQualified({ schema: table.schema, name }, engine);
  const trigger = quoteName(name, engine);
  const execute = olderThan(engine, 11) ? 'EXECUTE PROCEDURE' : 'EXECUTE FUNCTION';
  const lines = body.map((line) => `  ${line}`).join('\n');
  const quote = lines.includes('$$') ? '$body$' : '$$';
  return {
    create: [
      rawSql(`CREATE FUNCTION ${routine}() RETURNS trigger LANGUAGE plpgsql AS ${quote}\nBEGIN\n${lines}\n  RETURN NEW;\nEND;\n${quote}`),
      rawSql(`CREATE TRIGGER ${trigger} BEFORE INSERT OR UPDATE ON ${on}\nFOR EACH ROW ${execute} ${routine}()`),
    ],
    drop: [rawSql(`DROP TRIGGER IF EXISTS ${trigger} ON ${on}`), rawSql(`DROP FUNCTION IF EXISTS ${routine}()`)],
    stale,
  };
}

function mysqlTriggers(table: QualifiedName, name: string, stale: string, engine: Engine, body: { readonly insert: string; readonly update: string }): Triggers {
  const on = quoteQualified(table, engine);
  const named = (event: string): string => quoteQualified({ schema: table.schema, name: objectName(engine, name, event) }, engine);
  return {
    create: [
      rawSql(`CREATE TRIGGER ${named('insert')} BEFORE INSERT ON ${on}\nFOR EACH ROW ${body.insert}`),
      rawSql(`CREATE TRIGGER ${named('update')} BEFORE UPDATE ON ${on}\nFOR EACH ROW ${body.update}`),
    ],
    drop: [rawSql(`DROP TRIGGER IF EXISTS ${named('insert')}`), rawSql(`DROP TRIGGER IF EXISTS ${named('update')}`)],
    stale,
  };
}

/** Postgres fires the triggers of one event by name: the synchronising one must come last, after those that change the row. */
function triggerName(words: readonly string[], table: QualifiedName, c: RemedyContext): string {
  const others = (c.schema.table(table)?.triggers.length ?? 0) > 0;
  return objectName(c.engine, ...(others ? ['zz'] : []), ...words);
}

type Comparison = (a: string, b: string) => string;

/** A null-safe "differs" that sees every change: some types have no equality operator, others call different values equal. */
function comparison(type: ColumnType | null, engine: Engine): Comparison {
  if (isMysql(engine)) {
    const binary = type === null || !exactOnMysql.test(type.name);
    const bytes = (value: string): string => (binary ? `CAST(${value} AS BINARY)` : value);
    return (a, b) => `NOT (${bytes(a)} <=> ${bytes(b)})`;
  }
  const asText = type === null || type.array === true || inexactOnPostgres.test(type.name);
  const text = (value: string): string => (asText ? `${value}::text` : value);
  return (a, b) => `${text(a)} IS DISTINCT FROM ${text(b)}`;
}

/** Types without `=` (json, xml, point), or whose `=` is not identity (citext ignores case, box compares areas, numeric ignores trailing zeros). */
const inexactOnPostgres = /^(json|xml|point|box|circle|path|polygon|line|lseg|citext|numeric|interval|geometry|geography|.*\..*)$/;

/** Types that MySQL compares by value; character types compare by collation, which may ignore case. */
const exactOnMysql = /^(tinyint|smallint|mediumint|int|integer|bigint|decimal|numeric|float|double|date|datetime|timestamp|time|year|boolean|bool|bit|binary|varbinary|tinyblob|blob|mediumblob|longblob)$/;
