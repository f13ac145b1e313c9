/**
 * For the build: no page comes drawn from the server, so Svelte never takes one over. What it has for that, in every block and
 * behind every element, is a fiftieth of what Start fetches. A Svelte in another form is refused, so that nobody raises a
 * version and finds the pages heavier.
 */
import type { Plugin } from 'vite';

const library = /svelte\/src\/internal\/client\/dom\/hydration\.js$/;
const state = /export let hydrating = false;[^]*?export function set_hydrating\(value\) \{\n\thydrating = value;\n\}/;
/** Called behind what a template walks through; each does nothing but when a page is taken over. */
const steps = /^export function (reset|next)\(/gm;

const neverTaken = 'export const hydrating = false;\nexport function set_hydrating() {}';

export const noHydration: Plugin = {
	name: 'no-hydration',
	apply: 'build',
	transform(code, id) {
		if (!library.test(id)) return null;
		if (!state.test(code) || code.match(steps)?.length !== 2)
			throw new Error('src/no-hydration.ts does not know this version of Svelte');
		return {
			code: code.replace(state, neverTaken).replace(steps, '/*#__NO_SIDE_EFFECTS__*/ export function $1('),
			map: null,
		};
	},
};
