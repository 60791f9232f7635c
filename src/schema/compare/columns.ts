import type { ColumnDefinition, ColumnType } from '../../operations/index.ts';
import { printType } from '../../operations/index.ts';
import type { Schema } from '../schema.ts';
import type { Table } from '../table.ts';
import type { Aspect, Comparison, Tell } from './difference.ts';
import { sameIdentifier } from './pair.ts';
import { compareDefaults, compareExpressions, compareTypes, printDefault } from './spelling.ts';
import type { Sameness } from './spelling.ts';

/** Tells in what the columns of a table differ. Their order does not matter. */
export function compareColumns(here: Table, there: Table, schemas: { readonly here: Schema; readonly there: Schema }, how: Comparison, tell: Tell): void {
  const cut = new Set<string>();
  for (const [name, column] of here.columns) {
    const other = there.columns.get(name) ?? (name.length > 20 ? [...there.columns.values()].find((one) => sameIdentifier(one.name, name, how.engine)) : undefined);
    if (other && other.name !== name) cut.add(other.name);
    if (other) compareColumn(based(column, schemas.here, how), based(other, schemas.there, how), how, tell);
    else tell({ part: 'column', name, what: 'missing-there', here: printColumn(column), there: null, certain: true });
  }
  for (const [name, column] of there.columns) {
    if (!here.columns.has(name) && !cut.has(name)) tell({ part: 'column', name, what: 'missing-here', here: null, there: printColumn(column), certain: true });
  }
}

/** A domain is written as the type that it is made of where a dump has no word for it. */
function based(column: ColumnDefinition, schema: Schema, { omits }: Comparison): ColumnDefinition {
  const base: ColumnType | undefined = omits.has('exactness') ? schema.domain(column.type.name)?.base : undefined;
  return base === undefined ? column : { ...column, type: base };
}

function compareColumn(here: ColumnDefinition, there: ColumnDefinition, how: Comparison, tell: Tell): void {
  const say = (what: Aspect, found: Sameness, left: string | null, right: string | null) => {
    if (found !== 'same') tell({ part: 'column', name: here.name, what, here: left, there: right, certain: found === 'different' });
  };
  const isKey = how.omits.has('key-type') && here.name === 'id' && there.name === 'id' && [here, there].every(({ type }) => /int/.test(type.name));
  if (!isKey) say('type', compareTypes(here.type, there.type, how), printType(here.type), printType(there.type));
  say('null', here.nullable === there.nullable ? 'same' : 'different', nullness(here), nullness(there));
  if (!here.generated && !there.generated && !(countsItself(here) && countsItself(there))) {
    say('default', compareDefaults(here.default, there.default, here.type, how), printDefault(here.default), printDefault(there.default));
  }
  if (!how.omits.has('generated')) say('generated', sameGenerated(here, there), here.generated?.expression ?? null, there.generated?.expression ?? null);
  if (!how.omits.has('exactness')) say('identity', here.identity === there.identity ? 'same' : 'different', here.identity ?? null, there.identity ?? null);
  if (!how.omits.has('comment')) say('comment', (here.comment ?? '') === (there.comment ?? '') ? 'same' : 'different', here.comment ?? null, there.comment ?? null);
  if (here.collation !== there.collation) say('collation', here.collation !== undefined && there.collation !== undefined ? 'different' : 'unknown', here.collation ?? null, there.collation ?? null);
}

function sameGenerated({ generated: here }: ColumnDefinition, { generated: there }: ColumnDefinition): Sameness {
  if (!here || !there) return !here && !there ? 'same' : 'different';
  return here.stored === there.stored ? compareExpressions(here.expression, there.expression) : 'different';
}

/** An identity column and a serial one, of which a dump may make the other. */
function countsItself(column: ColumnDefinition): boolean {
  return column.identity !== undefined || (column.default.kind === 'expression' && column.default.functions.includes('nextval'));
}

function nullness(column: ColumnDefinition): string {
  return column.nullable ? 'NULL' : 'NOT NULL';
}

/** A column as SQL defines it: `varchar(20) NOT NULL DEFAULT 'x'`. */
export function printColumn(column: ColumnDefinition): string {
  const value = printDefault(column.default);
  return `${printType(column.type)}${column.nullable ? '' : ' NOT NULL'}${value === null ? '' : ` DEFAULT ${value}`}${column.generated ? ` GENERATED ALWAYS AS (${column.generated.expression})` : ''}`;
}
