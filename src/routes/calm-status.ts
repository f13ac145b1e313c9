/**
 * What is worse is said at once. That less waits, or nothing any more, is said when it has been so for a moment: while
 * somebody writes it is so, and not so, many times a second.
 */
import type { App } from '#lib/state/app.svelte.ts';

type Status = Pick<App['status'], 'state' | 'waiting'>;

/** Milliseconds. */
export const calmAfter = 500;

/** @returns to be called when what is so may have changed */
export function calmly<S extends Status>(read: () => S, say: (status: S) => void): () => void {
	let said = read();
	let timer: ReturnType<typeof setTimeout> | undefined;
	const tell = () => {
		timer = void clearTimeout(timer);
		say((said = read()));
	};
	return () => {
		const { state, waiting } = read();
		if (said.state === 'saving' && waiting < said.waiting && /^sav/.test(state)) timer ??= setTimeout(tell, calmAfter);
		else tell();
	};
}
