/** `npm run backup -- FILE` and `npm run restore -- FILE`: `server/<command>.ts` on the pinned Node. */
import path from 'node:path';
import { attempt, ensureInstalled, ensureRuntime, runUntilEnd } from './toolchain.js';

const [command = '', ...files] = process.argv.slice(2);
/** npm changes to the project's folder; a file is meant from where the person is. */
const from = process.env.INIT_CWD ?? process.cwd();

process.exitCode = await attempt(async () => {
	await ensureInstalled();
	ensureRuntime();
	return runUntilEnd([`server/${command}.ts`, ...files.map((file) => path.resolve(from, file))]);
});
