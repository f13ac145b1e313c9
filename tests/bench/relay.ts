/**
 * `npm run bench:relay [-- rows…]`: the relay beside its peers and floors, all in one sitting, by the harness in
 * ../shared/bench. What is compared are ratios: the machine's speed cancels out, its other work does not, so the harness
 * repeats a run that was disturbed.
 *
 *     npm run bench:relay -- fanout saturation      these rows
 *     BENCH_FOLDER=/tmp/bench npm run bench:relay   the harness is installed there, once
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { measureGrowth } from './growth.ts';
import { measureHostile } from './hostile.ts';
import { judge, type Measured, rows, type Row } from './rows.ts';

const project = path.resolve(import.meta.dirname, '../..');
const harness = path.resolve(project, process.env['BENCH_HARNESS'] ?? '../shared/bench');
const folder = path.resolve(process.env['BENCH_FOLDER'] ?? path.join(tmpdir(), 'mitschrift-bench'));
const bench = path.join(folder, 'bench');
/** The harness's servers, and our floors: a cold load's, and that of a relay which loses nothing. */
const serversWithFloors = path.join(folder, 'servers-with-floors.json');
/** Rows of our own, without peers: what each of those fails is in the harness's raw figures. */
const own: Record<string, () => Promise<object[]>> = { hostile: measureHostile, growth: measureGrowth };

await main(process.argv.slice(2));

async function main(chosen: string[]): Promise<void> {
	const names = [...rows.map(({ name }) => name), ...Object.keys(own)];
	const unknown = chosen.filter((name) => !names.includes(name));
	if (unknown.length > 0) return complain(`There is no row ${unknown.join(', ')}; rows: ${names.join(', ')}`);
	const isChosen = (name: string) => chosen.length === 0 || chosen.includes(name);
	for (const [name, measure] of Object.entries(own)) if (isChosen(name)) console.table(await measure());
	if (!rows.some(({ name }) => isChosen(name))) return;
	if (!existsSync(path.join(bench, 'native/yload'))) {
		if (!existsSync(harness)) return complain(`The harness is not here: ${harness}`);
		console.error(`installing the harness and the peers in ${folder} …`);
		execFileSync('bash', [path.join(harness, 'setup.sh'), folder], { stdio: ['ignore', 'ignore', 'inherit'] });
	}
	letJoinIn();
	addFloors();
	compileAhead();
	const lines = rows.filter(({ name }) => isChosen(name)).flatMap(measureRow);
	console.table(lines);
}

/** `join.js` starts the load without the path and the headers that `wire.js` gives it. */
function letJoinIn(): void {
	const file = path.join(bench, 'join.js');
	const text = readFileSync(file, 'utf8');
	if (text.includes("'--prefix'")) return;
	const doc = "'--doc', 'join',";
	const more = `'--prefix', s.prefix ?? '', '--headers', Object.entries(s.headers ?? {}).map(([k, v]) => \`\${k}: \${v}\\r\\n\`).join(''),`;
	writeFileSync(file, text.replace(doc, `'--doc', (s.docPrefix ?? '') + 'join', ${more}`));
}

/** As `npm start` does: what makes JavaScript of our TypeScript would stay in the memory of the first server that starts. */
function compileAhead(): void {
	execFileSync(process.execPath, [path.join(import.meta.dirname, 'serve.ts'), '--compile-only'], { stdio: 'ignore' });
}

function addFloors(): void {
	const servers = JSON.parse(readFileSync(path.join(bench, 'servers.json'), 'utf8')) as Record<string, object>;
	const floor = (file: string) => {
		const cmd = ['$NODE', path.join(import.meta.dirname, file), '$PORT', '$DATA'];
		return { proto: 'yws', cmd, persists: true };
	};
	const floors = { 'limit-state': floor('state-server.ts'), 'limit-least': floor('least-server.ts') };
	writeFileSync(serversWithFloors, JSON.stringify({ ...servers, ...floors }));
}

function measureRow(row: Row) {
	const measured: Record<string, Measured> = {};
	for (const server of row.servers) {
		console.error(`${row.name}: ${server} …`);
		const result = run(row.command, server);
		if (result) measured[server] = result;
		console.error(JSON.stringify(result));
	}
	return row.figures.map((figure) => judge(row, figure, measured));
}

/** @returns what the harness measured, or null when the server failed in this row */
function run([script, ...options]: readonly [string, ...string[]], server: string): Measured | null {
	const node = path.join(bench, 'node_modules/.bin/node');
	const own = { NODE: node, PROJECT: project, COOKIE: 'mitschrift_session=bench', SERVERS: serversWithFloors };
	const env = { ...process.env, ...own };
	try {
		const output = execFileSync(node, [script, '--server', server, ...options], { cwd: bench, env, timeout: 900_000 });
		return JSON.parse(output.toString().trim().split('\n').at(-1) ?? 'null') as Measured;
	} catch (error) {
		console.error(String(error));
		return null;
	}
}

function complain(message: string): void {
	console.error(message);
	process.exitCode = 1;
}
