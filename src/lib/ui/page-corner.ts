/** The top right of every page is the shell's: it hands down what stands there, and a page need not know what it is. */
import { getContext, setContext, type Snippet } from 'svelte';

const key = Symbol('page corner');

export function provideCornerOfPages(corner: Snippet): void {
	setContext(key, corner);
}

export function cornerOfPages(): Snippet | undefined {
	return getContext<Snippet | undefined>(key);
}
