import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';

export default defineRule({
  id: 'ruby-syntax',
  summary: 'The file is not valid Ruby.',
  hazard: 'fails',
  severity: 'error',
  engines: 'all',
  replaces: ['rubocop/Lint/Syntax'],
  docs: {
    why: 'Ruby refuses to load the file, and `db:migrate` stops before the first migration. Everything else in the file that could be read is still judged.',
    exceptions: 'None.',
  },
  problem: {
    'syntax-error': (problem) => (problem.language === 'ruby' ? {
      message: `This is not valid Ruby: ${problem.message.trim().replace(/\.$/, '')}.`,
      why: 'The file cannot be loaded, so the deploy stops here. What could be read around it is judged all the same.',
      remedy: advise('Correct the syntax here; `ruby -c` shows what Ruby makes of it.'),
    } : undefined),
    'unreadable': (problem, { migration }) => (migration.language === 'ruby' ? {
      message: `The file cannot be read as text: ${problem.message.trim().replace(/\.$/, '')}.`,
      why: 'Ruby reads source files as UTF-8 and refuses one with invalid bytes, unless a magic comment names another encoding.',
      remedy: advise('Save the file as UTF-8.'),
    } : undefined),
  },
});
