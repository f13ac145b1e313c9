/** The shell, made once when the app is built: with the script and the style it asks for the font that every page begins in. */
import type { Handle } from '@sveltejs/kit';

export const handle: Handle = ({ event, resolve }) =>
	resolve(event, {
		preload: ({ type, path }) => type === 'js' || type === 'css' || (type === 'font' && path.includes('/inter-')),
	});
