import type { Guard } from '../../../operations/index.ts';
import type { RubyNode } from '../../ruby/syntax.ts';
import { lookUpLocal, type Frame } from './frame.ts';
import { sourceText, type Machine } from './machine.ts';

/** The guards that hold where a condition is true, or with `negated` where it is false. */
export function guardsOf(machine: Machine, node: RubyNode, frame: Frame, negated: boolean): Guard[] {
  switch (node.type) {
    case 'not':
      return guardsOf(machine, node.value, frame, !negated);
    case 'body':
      if (node.body.length === 1 && node.body[0]) return guardsOf(machine, node.body[0], frame, negated);
      break;
    case 'logical':
      if ((node.operator === 'and') !== negated) return [...guardsOf(machine, node.left, frame, negated), ...guardsOf(machine, node.right, frame, negated)];
      break;
    case 'identifier':
    case 'variable': {
      const value = node.type === 'identifier' ? lookUpLocal(frame.scope, node.name) : frame.self.variables.get(node.name);
      if (value?.type === 'unknown' && value.node && value.node !== node && value.node.type !== 'identifier' && value.node.type !== 'variable') {
        const asked = existence(value.node);
        if (asked !== null) return [{ kind: asked !== negated ? 'exists' : 'not-exists', text: sourceText(frame.file, value.node, 160), inStatement: false }];
      }
      break;
    }
    default:
  }
  const asked = existence(node);
  const text = sourceText(frame.file, node, 160);
  if (asked !== null) return [{ kind: asked !== negated ? 'exists' : 'not-exists', text, inStatement: false }];
  return [{ kind: 'condition', text: negated ? negate(node, text) : text, inStatement: false }];
}

/** True for a question whether something of the schema exists, false for its opposite, null for anything else. */
function existence(node: RubyNode): boolean | null {
  if (node.type === 'not') {
    const asked = existence(node.value);
    return asked === null ? null : !asked;
  }
  if (node.type === 'body' && node.body.length === 1 && node.body[0]) return existence(node.body[0]);
  if (node.type !== 'call') return null;
  if (/_exists?\?$|^(extension_enabled|has_column|has_table|has_index|column_present|table_present|columns?_exists?)\?$/.test(node.name)) return true;
  if (/_(missing|absent)\?$/.test(node.name)) return false;
  const { receiver } = node;
  if (!receiver) return null;
  if (/^(include|member|key|has_key|any|present|find|detect)\??$/.test(node.name)) return listsSchema(receiver) ? true : null;
  if (/^(exclude|none|empty|blank|nil)\?$/.test(node.name)) {
    const inner = existence(receiver);
    if (inner !== null) return !inner;
    return listsSchema(receiver) ? false : null;
  }
  return null;
}

/** True when an expression lists tables, columns, indexes or keys of the database. */
function listsSchema(node: RubyNode): boolean {
  if (node.type === 'identifier') return schemaLists.test(node.name);
  if (node.type !== 'call') return false;
  if (schemaLists.test(node.name)) return true;
  return node.receiver !== null && /^(map|collect|pluck|select|find|detect|filter|reject|keys|to_a|flatten|compact|values|\[\])$/.test(node.name) && listsSchema(node.receiver);
}

const schemaLists = /^(tables|views|data_sources|table_names|columns|column_names|columns_hash|indexes|foreign_keys|check_constraints|unique_constraints|exclusion_constraints|extensions|enum_types|attribute_names|primary_key|index_names)$/;

function negate(node: RubyNode, text: string): string {
  const simple = node.type === 'identifier' || node.type === 'variable' || node.type === 'constant' || (node.type === 'call' && /^[\w.:?!]+(\([^()]*\))?$/.test(text));
  return simple ? `!${text}` : `!(${text})`;
}
