import type { ManifestOptions } from 'vite-plugin-pwa';

/** What the home screen shows of an installed Mitschrift. */
export const manifest: Partial<ManifestOptions> = {
	id: '/',
	name: 'Mitschrift',
	short_name: 'Mitschrift',
	lang: 'de',
	description: 'Tagesordnung, Protokoll, Schichtplan und Rundbrief – gemeinsam, mit und ohne Netz.',
	start_url: '/',
	scope: '/',
	display: 'standalone',
	background_color: '#fbfaf7',
	theme_color: '#fbfaf7',
	icons: [],
};
