import type { ManifestOptions } from 'vite-plugin-pwa';

const paper = '#fbfaf7';

/** What the home screen and the install dialog show of Mitschrift. Colours as in app.css, light. */
export const manifest: Partial<ManifestOptions> = {
	id: '/',
	name: 'Mitschrift',
	short_name: 'Mitschrift',
	lang: 'de',
	dir: 'ltr',
	description: 'Tagesordnung, Protokoll, Schichtplan und Rundbrief – gemeinsam, mit und ohne Netz.',
	start_url: '/',
	scope: '/',
	display: 'standalone',
	background_color: paper,
	theme_color: paper,
	categories: ['productivity'],
	launch_handler: { client_mode: ['navigate-existing', 'auto'] },
	icons: [
		{ src: '/icons/mark.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
		{ src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
		{ src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
		{ src: '/icons/maskable-192.png', sizes: '192x192', type: 'image/png', purpose: 'maskable' },
		{ src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
	],
	shortcuts: [
		{ name: 'Sitzungen', url: '/meetings', icons: [{ src: '/icons/icon-192.png', sizes: '192x192' }] },
		{ name: 'Schichten', url: '/rosters', icons: [{ src: '/icons/icon-192.png', sizes: '192x192' }] },
		{ name: 'Rundbriefe', url: '/bulletins', icons: [{ src: '/icons/icon-192.png', sizes: '192x192' }] },
	],
};
