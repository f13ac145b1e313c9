import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * Who may know whom. A layer imports another one only through `#lib/…` or, inside the server, `../room/…`;
 * what is not listed here is forbidden. The table is the house plan of docs/architecture.md in executable form.
 */
const layers = {
	'src/lib/domain': { lib: [], packages: [] },
	'src/lib/protocol': { lib: ['domain'], packages: ['lib0', 'yjs'] },
	'src/lib/documents': { lib: ['domain'], packages: ['yjs', 'lib0', 'fractional-indexing', 'valibot'] },
	'src/lib/sync': {
		lib: ['protocol', 'domain'],
		packages: ['yjs', 'lib0', 'y-protocols', 'y-websocket', 'y-indexeddb', 'valibot'],
	},
	// Text in and out works on plain data and loads its libraries only where someone imports or exports.
	'src/lib/text': {
		lib: ['documents', 'domain'],
		packages: ['mdast', 'micromark', 'fflate'],
	},
	'src/lib/editor': {
		lib: ['documents', 'domain', 'protocol', 'ui', 'i18n'],
		packages: ['yjs', 'lib0', 'y-prosemirror', 'y-protocols', 'prosemirror-', 'svelte', '@lucide/svelte'],
	},
	'src/lib/state': {
		lib: ['documents', 'domain', 'sync', 'protocol', 'text', 'i18n'],
		packages: ['yjs', 'svelte', 'y-protocols', 'valibot', '@simplewebauthn/browser'],
	},
	'src/lib/ui': {
		lib: ['domain', 'i18n'],
		packages: ['svelte', 'bits-ui', '@lucide/svelte', '@internationalized/date', '\\$app'],
	},
	'src/routes': {
		lib: ['state', 'ui', 'editor', 'domain', 'i18n'],
		packages: [
			'svelte',
			'@lucide/svelte',
			'bits-ui',
			'@internationalized/date',
			'\\$app',
			'virtual:pwa-',
			'uqr',
			'@fontsource-variable',
		],
	},
	'server/relay': {
		lib: ['protocol', 'domain'],
		server: ['storage/(lease-)?contract\\.ts', 'storage/(local-leases|durable-groups)\\.ts'],
		packages: ['yjs', 'y-protocols', 'lib0', 'ws', 'node:'],
	},
	// A backup is encrypted by the library of age's own author.
	'server/storage': {
		lib: ['domain', 'protocol'],
		server: [],
		packages: ['node:', 'yjs', 'valibot', 'age-encryption'],
	},
	'server/accounts': {
		lib: ['domain', 'protocol'],
		server: ['storage'],
		packages: ['node:', 'valibot', '@simplewebauthn/server'],
	},
	'server/metrics': {
		lib: ['protocol'],
		server: ['relay/relay\\.ts', 'storage/(contract|durable-groups|watched-store)\\.ts'],
		packages: ['node:'],
	},
	'server/history': {
		lib: ['domain', 'protocol'],
		server: ['storage/(version-|scrub-)?contract\\.ts'],
		packages: ['node:', 'yjs'],
	},
	// Facts that the server itself needs to know: the one place besides publishing that reads documents.
	'server/meetings': { lib: ['documents', 'domain', 'protocol'], server: ['storage/contract\\.ts'], packages: ['yjs'] },
	'server/publishing': {
		lib: ['documents', 'domain', 'protocol'],
		server: ['accounts', 'storage/(contract|watched-store)\\.ts'],
		packages: ['yjs', 'hono/html', 'node:', 'valibot'],
	},
	'server/http': {
		lib: ['domain', 'protocol'],
		server: ['accounts', 'history', 'meetings', 'publishing', 'relay', 'storage', 'config\\.ts'],
		packages: ['hono', '@hono/', 'ws', 'node:', 'valibot', '@simplewebauthn/server'],
	},
};

/** @param {{ lib: string[], server?: string[], packages: string[] }} layer */
function allowedImports({ lib, server = [], packages }) {
	const own = '\\./';
	const up =
		'(\\.\\./)+(?!\\.\\./|lib/|src/|server/|documents/|domain/|protocol/|sync/|editor/|state/|ui/|text/|routes/|relay/|storage/|accounts/|publishing/|http/)';
	const choices = [
		own,
		up,
		...lib.map((name) => `#lib/${name}/`),
		...server.map((name) => `(\\.\\./)+${name}`),
		...packages.map((name) => `${name}`),
	];
	return `^(?!${choices.join('|')})`;
}

/** @type {import("eslint").Linter.Config[]} */
const layerRules = Object.entries(layers).map(([folder, layer]) => ({
	files: [`${folder}/**/*.{ts,js,svelte}`],
	ignores: ['**/*.test.ts'],
	rules: {
		'no-restricted-imports': [
			'error',
			{
				patterns: [
					{
						regex: allowedImports(layer),
						message: `${folder} may not import this: see the table in eslint.config.js.`,
					},
				],
			},
		],
	},
}));

export default ts.config(
	{ ignores: ['build/', '.svelte-kit/', 'data/', 'src/lib/i18n/paraglide/', 'tests/.cache/'] },
	js.configs.recommended,
	...ts.configs.strict,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-undef': 'off',
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'svelte/no-navigation-without-resolve': 'off',
			// Documents are immutable readings; reactivity comes from subscribers, not from reactive collections.
			'svelte/prefer-svelte-reactivity': 'off',
			'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
		},
	},
	{ files: ['*.config.{js,ts}'], rules: { 'no-restricted-exports': 'off' } },
	...layerRules,
);
