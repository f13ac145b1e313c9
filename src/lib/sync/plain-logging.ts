/**
 * Stands in for `lib0/logging` in the built app (see vite.config.ts): the warnings of Yjs, without colours. The original
 * brings a language for checking types along, which nothing here speaks and everyone would load.
 */
export const ORANGE = '';
export const RED = '';
export const BOLD = '';
export const UNBOLD = '';

export function print(...words: unknown[]): void {
	console.info(...words);
}

export function warn(...words: unknown[]): void {
	console.warn(...words);
}
