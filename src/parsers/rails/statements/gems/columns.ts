import type { ColumnDefinition } from '../../../../operations/index.ts';
import type { StatementCall } from '../../call.ts';
import type { StatementHost } from '../../host.ts';
import { literalText, type Value } from '../../value.ts';
import { noOptions, type Options } from '../arguments.ts';
import { columnDefinition } from '../column-definition.ts';

/** One column that a library's method adds: its name behind the given prefix, its Rails type, and whether NULL is forbidden with a default. */
type Shape = readonly [name: string, type: string, fixed?: { readonly default: string | number }];

/** Paperclip's `t.attachment :avatar` and the like: columns named after the argument. */
const attachments: Readonly<Record<string, readonly Shape[]>> = {
  attachment: [['_file_name', 'string'], ['_content_type', 'string'], ['_file_size', 'bigint'], ['_updated_at', 'datetime']],
  has_attached_file: [['_file_name', 'string'], ['_content_type', 'string'], ['_file_size', 'bigint'], ['_updated_at', 'datetime']],
};

/** Devise's modules (as its old schema methods spelt them), stampers and the like: fixed columns. */
const fixed: Readonly<Record<string, readonly Shape[]>> = {
  database_authenticatable: [['email', 'string', { default: '' }], ['encrypted_password', 'string', { default: '' }]],
  recoverable: [['reset_password_token', 'string'], ['reset_password_sent_at', 'datetime']],
  rememberable: [['remember_created_at', 'datetime']],
  trackable: [
    ['sign_in_count', 'integer', { default: 0 }], ['current_sign_in_at', 'datetime'], ['last_sign_in_at', 'datetime'],
    ['current_sign_in_ip', 'string'], ['last_sign_in_ip', 'string'],
  ],
  confirmable: [['confirmation_token', 'string'], ['confirmed_at', 'datetime'], ['confirmation_sent_at', 'datetime']],
  lockable: [['failed_attempts', 'integer', { default: 0 }], ['unlock_token', 'string'], ['locked_at', 'datetime']],
  token_authenticatable: [['authentication_token', 'string']],
  invitable: [['invitation_token', 'string'], ['invitation_sent_at', 'datetime'], ['invitation_accepted_at', 'datetime'], ['invitation_limit', 'integer'], ['invited_by_id', 'integer'], ['invited_by_type', 'string']],
  userstamps: [['creator_id', 'integer'], ['updater_id', 'integer']],
};

/** The columns that a library's method on the block variable adds; null when the method is none that is known. */
export function libraryColumns(call: StatementCall, host: StatementHost): ColumnDefinition[] | null {
  const attached = Object.hasOwn(attachments, call.name) ? attachments[call.name] : undefined;
  if (attached) {
    const names = call.args.map(literalText);
    if (!names.length || names.includes(null)) return null;
    return names.flatMap((name) => attached.map((shape) => columnOf(`${name ?? ''}${shape[0]}`, shape, call, host)));
  }
  const shapes = Object.hasOwn(fixed, call.name) ? fixed[call.name] : undefined;
  return shapes ? shapes.map((shape) => columnOf(shape[0], shape, call, host)) : null;
}

function columnOf(name: string, [, type, settled]: Shape, call: StatementCall, host: StatementHost): ColumnDefinition {
  const at = call.nameAt;
  const value = settled?.default;
  const options: Options = value === undefined ? noOptions : {
    options: new Map([
      ['null', { value: { type: 'boolean', value: false, at } as const, at }],
      ['default', { value: typeof value === 'number' ? { type: 'number', value, at } as const : textValue(value, at), at }],
    ]),
    optionsComplete: true,
  };
  return columnDefinition(name, { type: 'symbol', name: type, partial: false, at }, options, host);
}

function textValue(text: string, at: Value['at']): Value {
  return { type: 'string', text: { text, segments: [] }, partial: false, at };
}
