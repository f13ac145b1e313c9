/**
 * `npm start`: installs what is missing, builds what is not built, serves. This file runs on whatever Node is there and
 * needs nothing installed; an old Node gets one sentence, so it uses no word that an old Node could not read.
 */
const oldest = 20;
const major = Number(process.versions.node.split('.')[0]);

if (major < oldest) {
	console.error(
		'Mitschrift needs Node ' +
			oldest +
			' or newer to start, and this is ' +
			process.version +
			': see https://nodejs.org.',
	);
	process.exitCode = 1;
} else {
	import('./serve.js').then(({ serve }) => serve());
}
