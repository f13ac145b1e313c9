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
	screenshots: [
		narrow('start', 'Was als Nächstes kommt'),
		narrow('roster', 'Wer wann wo steht, auch ohne Netz'),
		narrow('minutes', 'Protokoll mit Beschlüssen und Aufgaben'),
		wide('bulletin', 'Der Rundbrief, gemeinsam geschrieben'),
		wide('roster', 'Der Schichtplan auf einen Blick'),
	],
	shortcuts: [
		{ name: 'Sitzungen', url: '/meetings', icons: [{ src: '/icons/icon-192.png', sizes: '192x192' }] },
		{ name: 'Schichten', url: '/rosters', icons: [{ src: '/icons/icon-192.png', sizes: '192x192' }] },
		{ name: 'Rundbriefe', url: '/bulletins', icons: [{ src: '/icons/icon-192.png', sizes: '192x192' }] },
	],
};

type Screenshot = NonNullable<ManifestOptions['screenshots']>[number];

function narrow(name: string, label: string): Screenshot {
	return { src: `/screenshots/narrow-${name}.png`, sizes: '780x1688', type: 'image/png', form_factor: 'narrow', label };
}

function wide(name: string, label: string): Screenshot {
	return { src: `/screenshots/wide-${name}.png`, sizes: '1280x800', type: 'image/png', form_factor: 'wide', label };
}
