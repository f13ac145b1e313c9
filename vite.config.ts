import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { compactMessages } from './src/lib/i18n/compact-messages.ts';
import { manifest } from './src/manifest.ts';

const relay = `http://localhost:${process.env.MITSCHRIFT_RELAY_PORT ?? 3001}`;

const someUse =
	/src\/lib\/(ui\/(Dialog|Checkbox|\w*Field|\w*Select|\w*Picker|Segmented|Avatars?|Menu|menu-keys|live-\w+|text-change|person-colour)|(documents|domain)\/(change-)?(agenda|minutes)|state\/(meeting|presence|failure-text|entry|entry-link|readiness)|protocol\/entry-code|i18n\/paraglide\/messages\/(access_failure|passkeys|meetings_(kind|state)))[./_]|lib0\/hash/;

/** Texts and what is done with them: one file for all places where somebody writes or reads one. */
const texts =
	/src\/lib\/(text\/block-suggestion|documents\/(body|rich-body|suggestion|kept-reading|left-as-is|comment|sequence-diff|restore|bulletin)|state\/visit|domain\/href)/;

/** What pages have that something can be done on; Start has none of it. */
const tools =
	/lucide\/svelte\/dist\/icons\/(plus|pencil|printer|trash)[./-]|protocol\/limits|documents\/change-(record|directory)|ui\/IconButton/;

/** What belongs together and is small: a file of its own for each part would cost more than the part. */
const together: [name: string, parts: RegExp][] = [
	// What neither Start nor a roster has.
	['rare', /icons\/(key-round|copy|x|check)[./-]|routes\/Notice|state\/document-title|documents\/talks/],
	['cards', /src\/lib\/ui\/Card\./],
	// Of the frame around every page, and of few pages besides.
	[
		'frame',
		/icons\/(newspaper|users)[./-]|ui\/NotLoaded|messages\/(shell_not_loaded|place_bulletins|sync_(?!fetched|waiting))|routes\/status-words|state\/(install|readiness|load-later)\.|protocol\/messages\.|sync\/(document-rows|last-words)|y-protocols|y-websocket|lib0\/(broadcastchannel|url)/,
	],
	// What Start tells of a roster, and what only a roster says.
	[
		'places',
		/messages\/(rosters_(full|places|still|until|all_taken|open_places|untitled|free_shift|no_shifts_yet)|start_loading)\.|rosters\/Places(Bar|Tag)\./,
	],
	[
		'rosters',
		/messages\/rosters_|documents\/change-roster|state\/rosters?\.svelte|rosters\/\[id\]\/(shift-words|ShiftNames|ShiftHints)/,
	],
];

/** Not for everyone, though many use it. */
const rare = together.slice(0, 2).map(([, parts]) => parts);

/** Kit's announcer hides itself with a style attribute, which our content security policy does not let through. */
const announcerWithoutInlineStyle: Plugin = {
	name: 'announcer-without-inline-style',
	enforce: 'pre',
	transform(code, id) {
		if (!/generated[/\\]root\.svelte$/.test(id)) return null;
		return {
			code: code.replace(/(id="svelte-announcer"[^>]*?) style="[^"]*"/, '$1 class="visually-hidden"'),
			map: null,
		};
	},
};

export default defineConfig({
	plugins: [
		announcerWithoutInlineStyle,
		compactMessages,
		paraglideVitePlugin({
			project: './src/lib/i18n/project.inlang',
			outdir: './src/lib/i18n/paraglide',
			strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
			emitTsDeclarations: true,
		}),
		sveltekit(),
		SvelteKitPWA({
			registerType: 'prompt',
			injectRegister: false,
			manifest,
			kit: { spa: true, adapterFallback: '200.html' },
			workbox: {
				globPatterns: ['client/**/*.{js,css,html,svg,png,woff2,webmanifest}'],
				// Shown by the browser before installing, never by the app.
				globIgnores: ['client/screenshots/**'],
				navigateFallback: '/200.html',
				navigateFallbackDenylist: [/^\/(api|b|sync|healthz|readyz|metrics)(\/|$)/],
				cleanupOutdatedCaches: true,
				// The first visit is served by the worker at once, so that it, too, hears of a new version.
				clientsClaim: true,
			},
		}),
	],
	build: {
		// A fiftieth smaller over the wire than the default.
		minify: 'terser',
		terserOptions: { ecma: 2020, compress: { passes: 2, ecma: 2020 } },
		rolldownOptions: {
			treeshake: {
				// Svelte as custom elements: not what this app is made of.
				moduleSideEffects: [
					{ test: /svelte\/src\/internal\/client\/dom\/elements\/custom-element\.js$/, sideEffects: false },
				],
			},
			output: {
				minify: { compress: true, mangle: { toplevel: true }, codegen: { removeWhitespace: true } },
				// What most places use is one file: many small ones compress badly and cost a request each. Not in it is what
				// only some of them use: the fields that one fills in, and the documents of meetings.
				codeSplitting: {
					groups: [
						// All styles are 15 kB: one file instead of eighty.
						{ name: 'styles', priority: 1, test: /[?&]type=style|\.css$/ },
						{
							name: 'shared',
							minShareCount: 5,
							test: (id) => ![someUse, texts, tools, ...rare].some((parts) => parts.test(id)),
						},
						{ name: 'tools', minShareCount: 3, test: tools },
						{ name: 'texts', minShareCount: 3, test: texts },
						...together.map(([name, test]) => ({ name, minShareCount: 2, test })),
					],
				},
			},
		},
	},
	resolve: {
		dedupe: ['yjs', 'y-protocols', 'lib0'],
		alias: { 'lib0/logging': fileURLToPath(new URL('src/lib/sync/plain-logging.ts', import.meta.url)) },
	},
	server: {
		proxy: { '/api': relay, '^/b(/|$)': relay, '/sync': { target: relay, ws: true } },
	},
	test: {
		// When all tests are through, nothing is worth ten seconds of waiting for what did not end.
		teardownTimeout: 2000,
		projects: [
			{
				extends: true,
				test: {
					name: 'rules',
					include: ['src/**/*.test.ts', 'server/**/*.test.ts'],
					environment: 'node',
					// On a machine with much else to do; nothing waits for it when all is well.
					testTimeout: 60_000,
				},
			},
			{
				extends: true,
				test: {
					name: 'sync',
					include: ['tests/{contracts,sync,relay}/**/*.test.ts'],
					environment: 'node',
					testTimeout: 60_000,
					// Starting a server takes a while when the machine has much else to do.
					hookTimeout: 60_000,
					expect: { poll: { timeout: 30_000 } },
				},
			},
			{
				extends: true,
				test: {
					name: 'browser',
					include: ['tests/browser/**/*.test.ts'],
					environment: 'node',
					testTimeout: 120_000,
					hookTimeout: 120_000,
					// A state is waited for, however slow the machine is; a second is not what it may cost.
					expect: { poll: { timeout: 30_000 } },
				},
			},
		],
	},
});
