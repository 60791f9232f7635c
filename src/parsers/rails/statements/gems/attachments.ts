import type { StatementCall } from '../../call.ts';
import type { StatementHost } from '../../host.ts';
import { canBeName, nameText, qualifiedName } from '../arguments.ts';
import type { LoweringTable } from '../lowering.ts';
import { libraryColumns } from './columns.ts';

/** Paperclip's `add_attachment` and `remove_attachment`. */
export const attachments: LoweringTable = {
  add_attachment: addAttachment,
  remove_attachment: removeAttachment,
  drop_attached_file: removeAttachment,
};

function addAttachment(call: StatementCall, host: StatementHost): void {
  const [table, ...names] = call.args;
  const columns = libraryColumns({ ...call, name: 'attachment', args: names }, host);
  if (!canBeName(table) || !columns) { host.opaque('the table or the name of the attachment is not known'); return; }
  for (const column of columns) host.emit({ kind: 'add-column', table: qualifiedName(table), column, ifNotExists: false });
}

function removeAttachment(call: StatementCall, host: StatementHost): void {
  const [table, ...names] = call.args;
  if (!canBeName(table) || !names.length || !names.every(canBeName)) { host.opaque('the table or the name of the attachment is not known'); return; }
  for (const name of names) {
    for (const suffix of ['_file_name', '_content_type', '_file_size', '_updated_at']) {
      host.emit({ kind: 'drop-column', table: qualifiedName(table), column: `${nameText(name)}${suffix}`, ifExists: false, cascade: false });
    }
  }
}
