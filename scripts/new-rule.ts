import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// `npm run new-rule ID`: a rule, its fixtures, its place in the index and its page, ready to be filled in.
const id = process.argv[2];
const root = fileURLToPath(new URL('..', import.meta.url));
if (!id || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
  console.error('usage: npm run new-rule ID   (the hazard in plain words, kebab-case: "blocking-index")');
  process.exit(2);
}
const file = join(root, 'src', 'rules', `${id}.ts`);
if (existsSync(file)) {
  console.error(`src/rules/${id}.ts exists already.`);
  process.exit(2);
}
writeFileSync(file, `import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';

export default defineRule({
  id: '${id}',
  summary: 'FIXME: one sentence that says what it finds.',
  hazard: 'fails',
  severity: 'error',
  engines: 'all',
  replaces: [],
  docs: {
    why: 'FIXME: what happens on a production database, with figures where measured.',
    exceptions: 'FIXME: when the finding may be accepted.',
  },
  check: {
    // FIXME: the kinds of operation that matter; src/operations/operation.ts has all of them.
    'set-column-option'(operation, context) {
      if (context.onNewTable) return undefined;
      return { message: \`FIXME: what happens to "\${operation.table.name}".\`, why: 'FIXME: why.', remedy: advise('FIXME: what to do.') };
    },
  },
});
`);
const folder = join(root, 'fixtures', 'rules', id);
for (const [kind, body] of [['bad', `change_column_comment :accounts, :plan, "FIXME" # want ${id}`], ['good', 'add_column :accounts, :note, :text']] as const) {
  mkdirSync(join(folder, kind), { recursive: true });
  writeFileSync(join(folder, kind, '20260101000000_fixme.rb'), `class Fixme < ActiveRecord::Migration[7.1]\n  def up\n    ${body}\n  end\n\n  def down\n    raise ActiveRecord::IrreversibleMigration\n  end\nend\n`);
}
execFileSync('npx', ['tsx', 'scripts/rules-index.ts'], { cwd: root, stdio: 'inherit' });
execFileSync('npx', ['tsx', 'scripts/docs.ts'], { cwd: root, stdio: 'inherit' });
console.log(`Made src/rules/${id}.ts, fixtures/rules/${id}/ and docs/rules/${id}.md. Fill in what says FIXME, then "npx vitest run test/fixtures.test.ts -t ${id}" and "npm run docs".`);
