import { defaultConfig } from '../../src/config/config.ts';
import { lint } from '../../src/lint.ts';
import { openProject } from '../../src/project/project.ts';
import { temporaryDirectory, write } from '../repository.ts';

/** The ids of the rules that find something in a file of SQL, which its tool (Flyway) runs in one transaction on Postgres 18, after the file that made the schema. */
export async function found(schema: string, text: string): Promise<string[]> {
  const directory = temporaryDirectory();
  write(directory, { 'sql/V1__schema.sql': schema, 'sql/V2__change.sql': text });
  const project = await openProject({ cwd: directory, workspace: directory, paths: ['sql/V1__schema.sql', 'sql/V2__change.sql'], all: true, base: null, directories: [], ignorePatterns: [], stdin: null });
  const sets = project.sets.map((set) => ({ ...set, files: set.files.map((file) => ({ ...file, status: file.path.includes('V1') ? 'merged' as const : 'new' as const, reported: !file.path.includes('V1') })) }));
  const result = await lint({ ...project, sets }, { config: { ...defaultConfig, engine: { name: 'postgres', version: [18], from: 'test' } }, directives: { inlineConfig: true, unused: 'off', suggest: () => null } });
  return result.files.flatMap((file) => file.diagnostics.map(({ ruleId }) => ruleId));
}
