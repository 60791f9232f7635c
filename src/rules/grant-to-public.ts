import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { excerpt, quoted } from './shared/names.ts';

export default defineRule({
  id: 'grant-to-public',
  summary: 'Rights are granted to PUBLIC: to every role that exists or will exist.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres'],
  replaces: ['migrationpilot/MP085'],
  docs: {
    why: 'PUBLIC is everybody who can connect: reporting users, other services, the role of the next tool. A right that came that way cannot be taken from one of them, and nobody sees it in the list of that role\'s rights.',
    exceptions: 'USAGE on an extension\'s types and EXECUTE on harmless functions, which Postgres grants to PUBLIC by itself.',
  },
  check: {
    'grant': ({ text }) => (/\bto\s+(?:[\w", ]+,\s*)?(?:group\s+)?public\b(?!\s*\.)/i.test(text) ? {
      message: `${quoted(excerpt(text))} gives rights to every role.`,
      why: 'PUBLIC includes all roles that exist and those that will be made, and the right cannot be taken from a single one of them.',
      remedy: advise('Grant to the roles that need it.'),
    } : undefined),
  },
});
