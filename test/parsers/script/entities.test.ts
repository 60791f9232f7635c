import { describe, expect, it } from 'vitest';
import type { DeclaredModel } from '../../../src/parsers/script/declared.ts';
import { parseSequelize } from '../../../src/parsers/script/sequelize.ts';
import { parseEntities } from '../../../src/parsers/script/typeorm.ts';

const typeorm = (body: string) => parseEntities(`import { Entity, Column, BaseEntity } from 'typeorm';\n${body}`);
const columns = (model: DeclaredModel | undefined) => model?.columns.map(({ name, columns: names }) => `${name}: ${names.join(' ')}`);
const line = (text: string, model: DeclaredModel | undefined) => model?.columns.map(({ start, end }) => text.slice(start, end));

describe('TypeORM', () => {
  it('reads names of tables and columns', () => {
    const [user] = typeorm(`
@Index(['email'], { unique: true })
@Entity({ name: 'users', schema: "auth" })
export class User extends BaseEntity { // { not this
  @PrimaryGeneratedColumn('uuid')
  readonly id!: string;

  @Column({ type: 'varchar', name: 'nick_name', nullable: true, transformer: { to: (x) => x, from: (x) => ({ x }) } })
  @IsOptional() nickName?: string | null;

  @Column() email: string;
  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  plain = { name: 1 };
  @ManyToOne(() => Team, (team) => team.users, { onDelete: 'CASCADE' })
  team: Team;

  @ManyToOne(() => Org)
  @JoinColumn({ name: "org_id" })
  org: Org;

  @OneToOne(() => Profile, (profile) => profile.user) profile: Profile;
  @OneToMany(() => Post, (post) => post.author) posts: Post[];
  @ManyToMany(() => Role)
  @JoinTable({ name: 'user_roles', joinColumn: { name: 'user_id' } })
  roles: Role[];

  @BeforeInsert() lower() { this.email = this.email.toLowerCase(); }
}
`);
    expect(user).toMatchObject({ name: 'User', kind: 'table', table: 'users', schema: 'auth', parent: null, complete: true, joinTables: ['user_roles'], possible: [] });
    expect(columns(user)).toEqual(['id: id', 'nickName: nick_name', 'email: email', 'createdAt: createdAt created_at', 'team: teamId team_id', 'org: org_id']);
  });

  it('names a table after its class, and takes a constant for what it says', () => {
    expect(typeorm('@Entity()\nexport class UserProfile {}\n@Entity("orders", { schema: "shop" })\nclass Order {}\nconst TABLE = "things";\n@Entity(TABLE)\nclass Thing {}\n@Entity(tables.other)\nclass Other {}\n').map(({ table, schema }) => `${schema}.${table}`))
      .toEqual(['null.user_profile', 'shop.orders', 'null.things', 'null.null']);
    expect(typeorm('@Entity() export class UserProfile {}')[0]?.possible).toContain('user_profiles');
  });

  it('tells children and parts apart, and when columns cannot be read', () => {
    const found = typeorm('@Entity()\n@TableInheritance({ column: { type: "varchar", name: "kind" } })\nclass Content extends Base<{ a: 1 }> {}\n@ChildEntity()\nclass Photo extends Content { @Column() size: string }\nabstract class Base<T extends {}> { @Column() version: number }\n@Entity() class Home { @Column(() => Address) address: Address; @Column((type) => Address) other: Address }\n@Entity() class Mixed extends mixin(Base) {}\n');
    expect(found.map(({ name, kind, parent, complete }) => [name, kind, parent, complete])).toEqual([['Content', 'table', 'Base', true], ['Photo', 'child', 'Content', true], ['Base', 'part', null, true], ['Home', 'table', null, false], ['Mixed', 'table', '', true]]);
    expect(columns(found[0])).toEqual(['kind: kind']);
  });

  it('takes a decorator that it does not know for one of a column, and a name that it cannot read for any', () => {
    expect(columns(typeorm('@Entity() class User { @Money() balance: number; @IsString() note: string; @ApiProperty() @Uuid() teamKey: string }')[0])).toEqual(['balance: balance']);
    expect(typeorm('@Entity() class User { @Column({ name: names.nick }) nick: string }')[0]?.complete).toBe(false);
  });

  it('leaves entities of other libraries alone', () => {
    expect(parseEntities('import { Entity } from "@mikro-orm/core";\n@Entity({ tableName: "users" }) class User {}')).toEqual([]);
  });
});

describe('Sequelize', () => {
  it('reads define, with a field, a virtual attribute and the usual columns', () => {
    const text = 'module.exports = (sequelize, DataTypes) => {\n  const User = sequelize.define("user", {\n    nickName: { type: DataTypes.STRING, field: "nick_name" },\n    email: DataTypes.STRING(200),\n    "full": { type: DataTypes.VIRTUAL, get() { return 1; } },\n  }, { tableName: "users", underscored: true, paranoid: true, updatedAt: false });\n  User.associate = (models) => {\n    User.belongsTo(models.Team, { foreignKey: "team_id" });\n    User.hasMany(models.Post);\n  };\n  return User;\n};\n';
    const { models, foreignKeys } = parseSequelize(text);
    expect(models).toHaveLength(1);
    expect(models[0]).toMatchObject({ name: 'User', table: 'users', complete: true, possible: [] });
    expect(columns(models[0])).toEqual(['nickName: nick_name', 'email: email', 'id: id', 'createdAt: created_at', 'deletedAt: deleted_at']);
    expect(line(text, models[0])?.[0]).toBe('nickName');
    expect(foreignKeys.map(({ model, column }) => `${model} ${column.columns.join(' ')}`)).toEqual(['User team_id', 'Post UserId userId user_id']);
  });

  it('reads init, and knows the default name only as a possible one', () => {
    const { models } = parseSequelize('import { Model, DataTypes } from "sequelize";\nclass UserProfile extends Model<InferAttributes<UserProfile>, { a: 1 }> {}\nUserProfile.init({ name: DataTypes.STRING }, { sequelize, timestamps: false });\nclass Log extends Model { static setup(sequelize) { return super.init({ ...common }, { sequelize, modelName: "log", freezeTableName: true }); } }\nparser.init({ a: 1 }, { b: 2 });\nconfig.define("x", {});\n');
    expect(models.map(({ name, table, complete }) => [name, table, complete])).toEqual([['UserProfile', null, true], ['Log', 'log', false]]);
    expect(models[0]?.possible).toEqual(['UserProfiles', 'user_profiles', 'UserProfile', 'user_profile']);
    expect(columns(models[0])).toEqual(['name: name', 'id: id']);
  });

  it('reads the classes of sequelize-typescript', () => {
    const { models } = parseSequelize('import { Table, Column, Model } from "sequelize-typescript";\n@Table({ tableName: "users", timestamps: false })\nexport class User extends Model<User> {\n  @Column\n  name: string;\n  @Column({ field: "nick_name" }) nickName: string;\n  @ForeignKey(() => Team) @Column(DataType.INTEGER) teamId: number;\n  @BelongsTo(() => Team) team: Team;\n  @Column(DataType.VIRTUAL) full: string;\n}\n@Table class Team extends Model {}\n');
    expect(models.map(({ name, table, parent }) => [name, table, parent])).toEqual([['User', 'users', null], ['Team', null, null]]);
    expect(columns(models[0])).toEqual(['name: name', 'nickName: nick_name', 'teamId: teamId team_id', 'id: id']);
  });
});
