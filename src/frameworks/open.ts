import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/error.ts';
import type { MigrationSet } from '../project/migration-file.ts';
import type { FrontEnd } from './framework.ts';

/** Opens the front end of a set's framework; each is loaded only when a set needs it. */
export async function openFrontEnd(set: MigrationSet, workspace: string, config: Config): Promise<FrontEnd> {
  if ((set.framework === 'rails' || set.framework === 'ridgepole') && typeof WebAssembly === 'undefined') throw new ConfigError(`"${set.root}" holds Ruby, which is read with WebAssembly, and that is switched off in this process (node --jitless).`);
  if (set.framework === 'rails') return (await import('./rails.ts')).openRails(set, workspace, config.engine);
  if (set.framework === 'ridgepole') return (await import('./ridgepole.ts')).openRidgepole(set, workspace, config);
  return (await import('./sql.ts')).openSql(set, workspace, config);
}
