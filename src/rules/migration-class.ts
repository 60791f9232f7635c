import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';

export default defineRule({
  id: 'migration-class',
  summary: 'The framework cannot load the migration: its class, file name, version or superclass does not fit.',
  hazard: 'fails',
  severity: 'error',
  engines: 'all',
  replaces: ['rubocop-rails/MigrationClassName', 'gitlab/VersionedMigrationClass'],
  docs: {
    why: 'Rails derives the class name from the file name with the application\'s inflections and raises NameError when the file does not define it. '
      + 'A superclass without a version (`ActiveRecord::Migration`) and an unknown version raise as well; a file name it cannot read is an error or is passed over. All of that happens at deploy, before the first statement.',
    exceptions: 'Acronyms are read from config/initializers/inflections.rb; an inflection defined elsewhere is not seen.',
  },
  problem: {
    'migration-class': (problem) => ({
      message: problem.message,
      why: consequence[problem.reason],
      remedy: advise(problem.instead ? `Write ${problem.instead.replace(/\.$/, '')}.` : 'Give the file and the class the names that the generator would give them.'),
    }),
  },
});

const consequence = {
  'name-mismatch': 'The framework looks the class up by the file\'s name and raises NameError when the migration is due.',
  'no-version': 'Active Record raises when a migration inherits from ActiveRecord::Migration without a version.',
  'unknown-version': 'The installed Active Record does not know this version and raises when the file is loaded.',
  'no-class': 'The framework finds no class to run and raises NameError when the migration is due.',
  'illegal-file-name': 'The framework refuses the file name, or passes the file over, so that its changes never reach the database.',
  'invalid-timestamp': 'The version orders the migrations: one that is no valid time sorts before or after all others, and newer Rails versions refuse it.',
  'superclass': 'The framework can run only classes that inherit from ActiveRecord::Migration.',
} as const;
