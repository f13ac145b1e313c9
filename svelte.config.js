import adapter from '@sveltejs/adapter-static';
import { styleHash } from './server/publishing/page-style.ts';

/**
 * A frame that shows a public page before it is one lives under our policy, and its style is written in it.
 * @type {`sha256-${string}`}
 */
const publicStyle = `sha256-${styleHash}`;

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: { runes: ({ filename }) => !filename.includes('node_modules') || undefined },
	kit: {
		// A single-page app: every route is the same shell, so that the service worker can open any of them offline.
		adapter: adapter({ fallback: '200.html', precompress: true }),
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src': ['self', publicStyle],
				// Who may make HTML or a worker's address out of text: Svelte's templates, the editor's paste (behind our own
				// reading of it), the two places that start a worker, and the frame of a public page, without script.
				'require-trusted-types-for': ['script'],
				'trusted-types': [
					'svelte-trusted-html',
					'ProseMirrorClipboard',
					'mitschrift-worker',
					'mitschrift-text',
					'mitschrift-page',
				],
				'img-src': ['self', 'data:', 'blob:'],
				// Sockets of the page's own origin are 'self' too.
				'connect-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['self'],
				'form-action': ['self'],
				'worker-src': ['self'],
				'manifest-src': ['self'],
			},
		},
		// Of what is built, from `server/bin/build.js`; Kit takes the time otherwise.
		version: { name: process.env['MITSCHRIFT_VERSION'], pollInterval: 0 },
	},
};
