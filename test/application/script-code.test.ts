import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import { lint } from '../../src/lint.ts';
import type { Diagnostic } from '../../src/lint/diagnostic.ts';
import { openProject } from '../../src/project/project.ts';
import { commit, git, repository } from '../repository.ts';

const model = (...fields: string[]) => `datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL") // {\n}\n\nmodel Member {\n  id Int @id\n${fields.map((field) => `  ${field}\n`).join('')}  teams Team[]\n\n  @@map("members")\n}\n\nmodel Team {\n  id Int @id\n  name String\n  member Member? @relation(fields: [memberId], references: [id])\n  memberId Int? @map("member_id")\n}\n`;
const nick = 'nickName String? @map("nick_name")';
const prisma = {
  'package.json': '{ "dependencies": { "prisma": "6.0.0", "@prisma/client": "6.0.0" } }',
  'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
  'prisma/migrations/20250101000000_init/migration.sql': 'CREATE TABLE "members" ("id" integer PRIMARY KEY, "nick_name" text, "name" text);\nCREATE TABLE "Team" ("id" integer PRIMARY KEY, "name" text NOT NULL, "member_id" integer);\n',
  'prisma/schema.prisma': model(nick, 'name String?'),
};
const drizzle = {
  'package.json': '{ "dependencies": { "drizzle-orm": "0.40.0" } }',
  'drizzle/0000_init.sql': 'CREATE TABLE "members" ("id" integer PRIMARY KEY, "nick_name" text);\n',
  'drizzle/meta/_journal.json': JSON.stringify({ version: '7', dialect: 'postgresql', entries: [{ idx: 0, version: '7', when: 1, tag: '0000_init', breakpoints: true }] }),
};
const table = (...columns: string[]) => `import { pgTable, integer, text } from 'drizzle-orm/pg-core';\n\nexport const members = pgTable('members', {\n  id: integer('id').primaryKey(), // { not this\n${columns.map((column) => `  ${column},\n`).join('')}});\n`;

async function change(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): Promise<Diagnostic[]> {
  const directory = repository(before);
  git(directory, 'checkout', '-q', '-b', 'topic');
  commit(directory, 'change', after);
  const project = await openProject({ cwd: directory, workspace: directory, paths: [], all: false, base: null, directories: [], ignorePatterns: [], stdin: null });
  const result = await lint(project, { config: defaultConfig, directives: { inlineConfig: true, unused: 'warn', suggest: () => null } });
  return result.files.flatMap(({ diagnostics }) => diagnostics).filter(({ ruleId }) => /^(?:drop-|rename-|schema-and)/.test(ruleId));
}
const drop = { 'prisma/migrations/20260101000000_drop/migration.sql': 'ALTER TABLE "members" DROP COLUMN "nick_name";\n' };
const places = (diagnostics: readonly Diagnostic[]) => diagnostics.flatMap(({ related }) => related.map(({ path, start }) => `${path}:${start.line}`));

describe('Prisma', () => {
  it('is silent when the base does not declare the column, or tells the client to ignore it', async () => {
    expect(await change({ ...prisma, 'prisma/schema.prisma': model('name String?') }, drop)).toEqual([]);
    expect(await change({ ...prisma, 'prisma/schema.prisma': model(`${nick} @ignore`, 'name String?') }, drop)).toEqual([]);
  });

  it('says that it takes two deployments when only this branch takes the field out', async () => {
    const found = await change(prisma, { ...drop, 'prisma/schema.prisma': model('name String?') });
    expect(found.map(({ ruleId, severity }) => `${ruleId} ${severity}`)).toEqual(['drop-column error']);
    expect(found[0]?.why).toContain('Only this pull request takes "nick_name" out of "Member"');
  });

  it('lists the declaration and the uses of the field, under its name in the code', async () => {
    const found = await change({
      ...prisma,
      'src/members.ts': 'export const find = (id: number) => prisma.member.findMany({\n  where: { id, nickName: "x" },\n});\n',
      'src/teams.ts': 'export const find = () => prisma.team.findMany({ select: { name: true } });\n',
      'src/show.tsx': 'export const Show = ({ member }) => <b>{member.nickName}</b>; // nickName\n',
      'src/report.ts': 'export const sql = `SELECT "members"."nick_name" FROM "members"`;\n',
      'src/members.test.ts': 'prisma.member.findMany({ where: { nickName: "x" } });\n',
    }, drop);
    expect(found[0]?.why).toContain('The code still names it in 4 places.');
    expect(places(found)).toEqual(['prisma/schema.prisma:8', 'src/members.ts:2', 'src/report.ts:1', 'src/show.tsx:1']);
  });

  it('keeps the fields of related models apart', async () => {
    const found = await change({
      ...prisma, 'src/a.ts': 'prisma.member.findMany({ select: { teams: { select: { name: true } } } });\nprisma.member.create({ data: { name } });\nprisma.team.create({ data: { name } });\n',
    }, { 'prisma/schema.prisma': model(nick), 'prisma/migrations/20260101000000_drop/migration.sql': 'ALTER TABLE "members" DROP COLUMN "name";\n' });
    expect(places(found)).toEqual(['src/a.ts:2']);
  });

  it('lists what uses a table that is dropped, and warns of one that nothing knows', async () => {
    const after = (name: string) => ({ 'prisma/migrations/20260101000000_drop/migration.sql': `DROP TABLE "${name}";\n` });
    const found = await change({ ...prisma, 'src/a.ts': 'prisma.team.create({ data: {} });\n' }, after('Team'));
    expect(found.map(({ ruleId, severity }) => `${ruleId} ${severity}`)).toEqual(['drop-table error']);
    expect(places(found)).toEqual(['prisma/schema.prisma:15', 'src/a.ts:1']);
    const first = 'prisma/migrations/20250101000000_init/migration.sql';
    expect((await change({ ...prisma, [first]: `${prisma[first]}CREATE TABLE "old" ("id" integer);\n` }, after('old'))).map(({ ruleId, severity }) => `${ruleId} ${severity}`)).toEqual(['drop-table warn']);
  });
});

describe('Drizzle', () => {
  const files = (sql: string) => ({
    'drizzle/0001_change.sql': sql,
    'drizzle/meta/_journal.json': JSON.stringify({ version: '7', dialect: 'postgresql', entries: [{ idx: 0, version: '7', when: 1, tag: '0000_init', breakpoints: true }, { idx: 1, version: '7', when: 2, tag: '0001_change', breakpoints: true }] }),
  });
  const sql = files('ALTER TABLE "members" DROP COLUMN "nick_name";\n');

  it('is silent when the base does not define the column, an error when it does', async () => {
    expect(await change({ ...drizzle, 'src/db/schema.ts': table() }, sql)).toEqual([]);
    for (const column of ['nickName: text("nick_name")', 'nickName: text()', 'nick_name: text()']) {
      expect((await change({ ...drizzle, 'src/db/schema.ts': table(column) }, sql)).map(({ ruleId }) => ruleId)).toEqual(['drop-column']);
    }
  });

  it('lists uses of the column, and new uses of a name that the branch brings by a rename', async () => {
    const before = { ...drizzle, 'src/db/schema.ts': table('nickName: text("nick_name")'), 'src/a.ts': 'db.select().from(members).where(eq(members.nickName, "x"));\ndb.insert(members).values({ id: 1, nickName: "x" });\n' };
    expect(places(await change(before, sql))).toEqual(['src/db/schema.ts:5', 'src/a.ts:1', 'src/a.ts:2']);
    const after = { ...files('ALTER TABLE "members" RENAME COLUMN "nick_name" TO "handle";\n'), 'src/db/schema.ts': table('handle: text("handle")'), 'src/a.ts': 'db.select().from(members).where(eq(members.handle, "x"));\n' };
    const found = await change(before, after);
    expect(found.map(({ ruleId }) => ruleId).sort()).toEqual(['rename-column', 'schema-and-code-together']);
    expect(places(found.filter(({ ruleId }) => ruleId.startsWith('schema')))).toContain('src/a.ts:1');
  });
});

describe('SQL without such models', () => {
  it('is judged as before', async () => {
    const found = await change({ 'package.json': '{}', 'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n', 'prisma/migrations/20250101000000_init/migration.sql': prisma['prisma/migrations/20250101000000_init/migration.sql'] }, drop);
    expect(found.map(({ ruleId, severity }) => `${ruleId} ${severity}`)).toEqual(['drop-column error']);
    expect(found[0]?.why).not.toContain('code names it');
  });
});
