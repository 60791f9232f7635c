import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import { lint } from '../../src/lint.ts';
import type { Diagnostic } from '../../src/lint/diagnostic.ts';
import { openProject } from '../../src/project/project.ts';
import { commit, git, repository } from '../repository.ts';

const first = 'CREATE TABLE "users" ("id" integer PRIMARY KEY, "nick_name" text, "team_id" integer);\nCREATE TABLE "old" ("id" integer PRIMARY KEY);\n';
const project = { 'package.json': '{}', 'db/migration/V1__init.sql': first };
const entity = (...members: string[]) => `import { Column, Entity } from 'typeorm';\nimport { Base } from './base';\n\n@Entity('users')\nexport class User extends Base {\n${members.map((member) => `  ${member}\n`).join('')}}\n`;
const base = 'import { PrimaryGeneratedColumn } from "typeorm";\nexport abstract class Base {\n  @PrimaryGeneratedColumn() id: number;\n}\n';
const nick = '@Column({ name: "nick_name", nullable: true }) nickName: string | null;';
const typeorm = { ...project, 'src/entities/base.ts': base, 'src/entities/user.ts': entity(nick) };
const drop = { 'db/migration/V2__drop.sql': 'ALTER TABLE "users" DROP COLUMN "nick_name";\n' };

async function change(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): Promise<Diagnostic[]> {
  const directory = repository(before);
  git(directory, 'checkout', '-q', '-b', 'topic');
  commit(directory, 'change', after);
  const opened = await openProject({ cwd: directory, workspace: directory, paths: [], all: false, base: null, directories: [], ignorePatterns: [], stdin: null });
  const result = await lint(opened, { config: defaultConfig, directives: { inlineConfig: true, unused: 'warn', suggest: () => null } });
  return result.files.flatMap(({ diagnostics }) => diagnostics).filter(({ ruleId }) => /^(?:drop-|rename-|schema-and)/.test(ruleId));
}
const rules = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ ruleId, severity }) => `${ruleId} ${severity}`);
const places = (diagnostics: readonly Diagnostic[]) => diagnostics.flatMap(({ related }) => related.map(({ path, start }) => `${path}:${start.line}`));

describe('TypeORM', () => {
  it('is silent when no entity of the base has the column, and no one it inherits from', async () => {
    expect(await change({ ...typeorm, 'src/entities/user.ts': entity() }, drop)).toEqual([]);
    expect(rules(await change({ ...typeorm, 'src/entities/user.ts': entity(), 'src/entities/base.ts': base.replace('id: number;', `id: number;\n  ${nick}`) }, drop))).toEqual(['drop-column error']);
    expect(rules(await change({ ...project, 'src/entities/user.ts': entity() }, drop))).toEqual(['drop-column error']);
  });

  it('says that only this branch takes the property out', async () => {
    const found = await change(typeorm, { ...drop, 'src/entities/user.ts': entity() });
    expect(rules(found)).toEqual(['drop-column error']);
    expect(found[0]?.why).toContain('Only this pull request takes "nick_name" out of "User"');
  });

  it('lists the declaration and the calls of repositories, managers and classes', async () => {
    const found = await change({
      ...typeorm,
      'src/a.ts': 'export const find = () => this.userRepository.find({\n  where: { nickName: "x" },\n});\n',
      'src/b.ts': 'dataSource.getRepository(User).find({ where: { nickName: "x" } });\nmanager.find(User, { where: { nickName: "x" } });\n',
      'src/c.ts': 'manager.find(Team, { where: { nickName: "x" } });\n',
    }, drop);
    expect(found[0]?.why).toContain('"User" declares "nick_name"');
    expect(places(found)).toEqual(['src/entities/user.ts:6', 'src/a.ts:2', 'src/b.ts:1', 'src/b.ts:2']);
  });

  it('lists repositories of a table, also those that are named by a plural', async () => {
    const found = await change({ ...typeorm, 'src/a.ts': 'export const Users = db.getRepository(User);\n', 'src/b.ts': 'await Users.findBy({ nickName: "x" });\nuserPlurals.find();\n', 'src/c.ts': 'constructor(@InjectRepository(User) private users) {}\n' }, { 'db/migration/V2__drop.sql': 'DROP TABLE "users";\n' });
    expect(places(found)).toEqual(['src/entities/user.ts:5', 'src/a.ts:1', 'src/b.ts:1', 'src/c.ts:1']);
  });

  it('counts one class in two packages once', async () => {
    const found = await change({ ...typeorm, 'packages/other/user.ts': entity(nick) }, drop);
    expect(found[0]?.why).toContain('"User" declares "nick_name"');
  });

  it('tells tables with an entity from those without', async () => {
    const after = (table: string) => ({ 'db/migration/V2__drop.sql': `DROP TABLE "${table}";\n` });
    const found = await change(typeorm, after('users'));
    expect(rules(found)).toEqual(['drop-table error']);
    expect(found[0]?.why).toContain('still has "User" on this table');
    expect(rules(await change(typeorm, after('old')))).toEqual(['drop-table warn']);
  });

  it('tells a rename with an entity that already has the new name', async () => {
    const found = await change(typeorm, { 'db/migration/V2__rename.sql': 'ALTER TABLE "users" RENAME COLUMN "nick_name" TO "handle";\n', 'src/entities/user.ts': entity('@Column() handle: string | null;'), 'src/a.ts': 'User.find({ where: { handle: "x" } });\n' });
    expect(rules(found).sort()).toEqual(['rename-column error', 'schema-and-code-together warn']);
    expect(places(found.filter(({ ruleId }) => ruleId.startsWith('schema')))).toContain('src/a.ts:1');
  });
});

describe('Sequelize', () => {
  const define = (attributes: string, options: string) => ({ ...project, 'src/models/user.js': `module.exports = (sequelize, DataTypes) => sequelize.define('User', { ${attributes} }, { ${options} });\n` });

  it('is silent when the model does not name the column, and no association gives it one', async () => {
    expect(await change(define('email: DataTypes.STRING', 'tableName: "users"'), drop)).toEqual([]);
    expect(rules(await change(define('nickName: DataTypes.STRING', 'tableName: "users", underscored: true'), drop))).toEqual(['drop-column error']);
    const key = { 'db/migration/V2__drop.sql': 'ALTER TABLE "users" DROP COLUMN "team_id";\n' };
    expect(await change(define('email: DataTypes.STRING', 'tableName: "users"'), key)).toEqual([]);
    expect(rules(await change({ ...define('email: DataTypes.STRING', 'tableName: "users"'), 'src/models/index.js': '// sequelize\ndb.Team.hasMany(db.User, { foreignKey: "team_id" });\n' }, key))).toEqual(['drop-column error']);
  });

  it('takes the usual name of a table for a possible one: never silent, never sure', async () => {
    const found = await change(define('nickName: DataTypes.STRING', ''), drop);
    expect(rules(found)).toEqual(['drop-column error']);
    expect(found[0]?.why).toContain('"User" may have this table, by its usual name: the processes');
    const without = await change(define('email: DataTypes.STRING', ''), drop);
    expect(rules(without)).toEqual(['drop-column warn']);
    expect(without[0]?.why).toContain('"User" may have this table, by its usual name, without "nick_name"');
    const table = await change(define('email: DataTypes.STRING', ''), { 'db/migration/V2__drop.sql': 'DROP TABLE "users";\n' });
    expect(rules(table)).toEqual(['drop-table error']);
    expect(table[0]?.why).toContain('"User" may have this table, by its usual name');
    expect(places(table)).toEqual(['src/models/user.js:1']);
  });
});

describe('several Prisma schemas', () => {
  const schema = (...fields: string[]) => `model User {\n  id Int @id\n${fields.map((field) => `  ${field}\n`).join('')}  @@map("users")\n}\n`;
  const packaged = (name: string, text: string) => ({ [`packages/${name}/prisma/schema.prisma`]: text, [`packages/${name}/prisma/migrations/migration_lock.toml`]: 'provider = "postgresql"\n', [`packages/${name}/prisma/migrations/20250101000000_init/migration.sql`]: first });
  const change2 = { 'packages/a/prisma/migrations/20260101000000_drop/migration.sql': 'ALTER TABLE "users" DROP COLUMN "nick_name";\n' };

  it('are each of the migrations beside them', async () => {
    const other = packaged('b', schema('nick_name String?'));
    expect(await change({ 'package.json': '{}', ...packaged('a', schema()), ...other }, change2)).toEqual([]);
    const found = await change({ 'package.json': '{}', ...packaged('a', schema('nick_name String?')), ...other }, change2);
    expect(places(found)).toEqual(['packages/a/prisma/schema.prisma:3']);
  });
});
