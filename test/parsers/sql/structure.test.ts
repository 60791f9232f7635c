import { describe, expect, it } from 'vitest';
import { loadSqlParser } from '../../../src/parsers/sql/parser.ts';
import { parseStructure, structureVersion } from '../../../src/parsers/sql/structure.ts';
import { createSource } from '../../../src/source/source.ts';
import { name } from './reading.ts';

const postgresDump = `\\restrict abc;def
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
CREATE TYPE public.status AS ENUM (
    'open',
    'closed'
);

SET default_table_access_method = heap;

CREATE TABLE public.users (
    id bigint NOT NULL,
    email public.citext DEFAULT ''::public.citext NOT NULL,
    tags character varying(20)[] DEFAULT '{}'::character varying[],
    status public.status,
    created_at timestamp(6) without time zone NOT NULL,
    CONSTRAINT users_email_null CHECK ((email IS NOT NULL))
);

CREATE SEQUENCE public.users_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;
ALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);
COPY public.users (id) FROM stdin;
1;
\\.
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX index_users_on_email ON public.users USING btree (lower((email)::text)) WHERE (status IS NOT NULL);
ALTER TABLE ONLY public.posts
    ADD CONSTRAINT fk_rails_1 FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
\\unrestrict abc

SET search_path TO "$user", public;

INSERT INTO "schema_migrations" (version) VALUES
('20240102000000'),
('20231231235959'),
('9');
`;

const mysqlDump = `/*!40101 SET NAMES utf8 */;
DROP TABLE IF EXISTS \`users\`;
CREATE TABLE \`users\` (
  \`id\` bigint(20) NOT NULL AUTO_INCREMENT,
  \`admin\` tinyint(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (\`id\`),
  KEY \`index_users_on_admin\` (\`admin\`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO schema_migrations (version) VALUES ('1');

INSERT INTO schema_migrations (version) VALUES ('20');
`;

describe('structure.sql', async () => {
  const postgres = await loadSqlParser('postgres');
  const mysql = await loadSqlParser('mysql');

  it('of pg_dump', () => {
    const source = createSource('db/structure.sql', postgresDump);
    const operations = parseStructure(source, postgres);
    expect(operations.filter(({ kind }) => kind === 'opaque')).toEqual([]);
    expect(operations).toEqual(expect.arrayContaining([
      expect.objectContaining({ kind: 'create-enum', type: name('status', 'public'), values: ['open', 'closed'] }),
      expect.objectContaining({ kind: 'set-default', column: 'id', default: { kind: 'expression', sql: "nextval('public.users_id_seq'::regclass)", functions: ['nextval'] } }),
      expect.objectContaining({ kind: 'add-primary-key', columns: ['id'] }),
      expect.objectContaining({ kind: 'load-rows' }),
    ]));
    expect(operations.find(({ kind }) => kind === 'create-table')).toMatchObject({
      table: name('users', 'public'), transaction: null, certain: true, direction: 'up', language: 'sql', verb: 'CREATE TABLE',
      columns: [
        { name: 'id', type: { name: 'bigint', args: [] }, nullable: false }, { name: 'email', type: { name: 'citext' }, default: { kind: 'constant', value: '' } },
        { name: 'tags', type: { name: 'varchar', args: [20], array: true } }, { name: 'status', type: { name: 'status' } }, { name: 'created_at', type: { name: 'timestamp', args: [6] } },
      ],
      checks: [{ name: 'users_email_null', expression: 'email IS NOT NULL' }],
    });
    expect(operations.find(({ kind }) => kind === 'create-index')).toMatchObject({ index: { keys: [{ expression: 'lower((email)::text)' }], where: 'status IS NOT NULL' } });
    expect(operations.find(({ kind }) => kind === 'add-foreign-key')).toMatchObject({ foreignKey: { name: 'fk_rails_1', onDelete: 'cascade' } });
    expect(structureVersion(source)).toBe('20240102000000');
  });

  it('of mysqldump', () => {
    const source = createSource('db/structure.sql', mysqlDump);
    expect(parseStructure(source, mysql).map(({ kind }) => kind)).toEqual(['set-setting', 'drop-table', 'create-table', 'insert-rows', 'insert-rows']);
    expect(structureVersion(source)).toBe('20');
  });

  it('without versions', () => {
    expect(structureVersion(createSource('structure.sql', 'CREATE TABLE a (b int);'))).toBeNull();
  });
});
