import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { compactMessages } from './src/lib/i18n/compact-messages.ts';
import { chunkGroups } from './src/chunks.ts';
import { manifest } from './src/manifest.ts';
import { noHydration } from './src/no-hydration.ts';
import { plainIcons } from './src/plain-icons.ts';
import { yjsUndoInOrder } from './src/yjs-undo-in-order.ts';
import { LongestFirst } from './tests/support/longest-first.ts';

const relay = `http://localhost:${process.env.MITSCHRIFT_RELAY_PORT ?? 3001}`;

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

/** What Terser has made small the bundler would otherwise set out in lines again. */
const minify = { compress: true, mangle: { toplevel: true }, codegen: { removeWhitespace: true } };

export default defineConfig({
	plugins: [
		announcerWithoutInlineStyle,
		compactMessages,
		noHydration,
		plainIcons,
		yjsUndoInOrder,
		paraglideVitePlugin({
			project: './src/lib/i18n/project.inlang',
			outdir: './src/lib/i18n/paraglide',
			strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
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
				importScripts: ['/worker-routes.js'],
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
				minify,
				codeSplitting: { groups: chunkGroups },
			},
		},
	},
	worker: { rolldownOptions: { output: { minify } } },
	// Only the shell is made of it; nobody loads it.
	environments: { ssr: { build: { minify: false } } },
	// Made ready for development, it would not be repaired.
	optimizeDeps: { exclude: ['yjs'] },
	resolve: {
		dedupe: ['yjs', 'y-protocols', 'lib0'],
		alias: {
			'lib0/logging': fileURLToPath(new URL('src/lib/sync/plain-logging.ts', import.meta.url)),
			// The form for browsers has the page's own parser of HTML decode, which trusted types forbid and a worker has not.
			'decode-named-character-reference': fileURLToPath(
				new URL('node_modules/decode-named-character-reference/index.js', import.meta.url),
			),
			'lib0/broadcastchannel': fileURLToPath(new URL('src/lib/sync/no-channel.ts', import.meta.url)),
		},
	},
	server: {
		proxy: { '/api': relay, '^/b(/|$)': relay, '/sync': { target: relay, ws: true } },
	},
	test: {
		// Yjs as in the browser, repaired, and with all that use it, so that there is one of it.
		server: { deps: { inline: [/\/node_modules\/(yjs|y-[a-z]+)\//] } },
		// When all tests are through, nothing is worth ten seconds of waiting for what did not end.
		teardownTimeout: 2000,
		sequence: { sequencer: LongestFirst },
		projects: [
			{
				extends: true,
				test: {
					name: 'rules',
					include: ['src/**/*.test.ts', 'server/**/*.test.ts'],
					environment: 'node',
					// Two hundred small files: loading what they test anew for each took half of their time.
					isolate: false,
					// On a machine with much else to do; nothing waits for it when all is well.
					testTimeout: 60_000,
				},
			},
			{
				extends: true,
				test: {
					name: 'sync',
					include: ['tests/{contracts,sync,relay}/**/*.test.ts'],
					globalSetup: 'tests/support/compile-server.ts',
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
					globalSetup: 'tests/support/compile-server.ts',
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
