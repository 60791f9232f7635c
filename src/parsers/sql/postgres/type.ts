import type { TypeName } from 'libpg-query';
import type { ColumnType } from '../../../operations/index.ts';
import { unmask } from '../text/mask.ts';
import { inHole, isDynamic } from '../text/piece.ts';
import type { Site } from './site.ts';
import { as, strings } from './tree.ts';

/** Postgres's internal and alternative names of its types, to the canonical ones of `operations/type.ts`. */
const canonical: Readonly<Record<string, string>> = {
  int2: 'smallint', int4: 'integer', int8: 'bigint', int: 'integer', float4: 'real', float8: 'double', float: 'double', bool: 'boolean', bpchar: 'char',
  decimal: 'numeric', dec: 'numeric', serial2: 'smallserial', serial4: 'serial', serial8: 'bigserial',
};

/** The canonical type of a type's name in the tree. */
export function typeOf(site: Site, type: TypeName | undefined): ColumnType {
  const parts = strings(type?.names).map((name) => unmask(site.piece.source, name));
  const last = parts.at(-1) ?? { name: '', dynamic: false };
  const schema = parts.at(-2)?.name;
  const builtIn = schema === 'pg_catalog' || schema === undefined;
  const name = builtIn ? (last.name === 'char' && schema !== 'pg_catalog' ? '"char"' : (canonical[last.name] ?? last.name)) : schema === 'public' ? last.name : `${schema}.${last.name}`;
  return {
    name,
    args: argumentsOf(site, name, type),
    ...(type?.arrayBounds?.length ? { array: true } : {}),
    ...(parts.some((part) => part.dynamic) || hasComputedArgument(site, type) ? { dynamic: true } : {}),
  };
}

function argumentsOf(site: Site, name: string, type: TypeName | undefined): number[] {
  const numbers = (type?.typmods ?? []).flatMap((node) => {
    const constant = as(node, 'A_Const');
    return constant?.ival && !isComputed(site, constant.location) ? [constant.ival.ival ?? 0] : [];
  });
  // An interval's first modifier is the grammar's mask of its fields, the second its precision.
  return name === 'interval' ? numbers.slice(1) : numbers;
}

/** A computed length is given to the grammar as some number. */
function isComputed(site: Site, location: number | undefined): boolean {
  return isDynamic(site.piece) && inHole(site.piece, site.offset(location));
}

function hasComputedArgument(site: Site, type: TypeName | undefined): boolean {
  return (type?.typmods ?? []).some((node) => isComputed(site, as(node, 'A_Const')?.location ?? as(node, 'ColumnRef')?.location));
}
