import adapter from '@sveltejs/adapter-static';

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
				'style-src': ['self'],
				// Who may make HTML or a worker's address out of text: Svelte's templates, the editor's paste (behind our own
				// reading of it), and the one place that registers the service worker.
				'require-trusted-types-for': ['script'],
				'trusted-types': ['svelte-trusted-html', 'ProseMirrorClipboard', 'mitschrift-worker'],
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
		version: { pollInterval: 0 },
	},
};
