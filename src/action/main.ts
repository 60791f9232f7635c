import { runAction } from './run.ts';

process.exitCode = await runAction(process.env, (text) => void process.stdout.write(text));
