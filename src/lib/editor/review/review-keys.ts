/** The keys of writing modes and review: Ctrl+Alt+Shift (⌘ on a Mac) and a letter, the same in both languages. */
export type ReviewKey = 'edit' | 'suggest' | 'view' | 'next' | 'previous' | 'accept' | 'reject';

export const reviewKeys: readonly { action: ReviewKey; letter: string }[] = [
	{ action: 'edit', letter: 'Z' },
	{ action: 'suggest', letter: 'X' },
	{ action: 'view', letter: 'C' },
	{ action: 'next', letter: 'N' },
	{ action: 'previous', letter: 'P' },
	{ action: 'accept', letter: 'A' },
	{ action: 'reject', letter: 'R' },
];

type Pressed = Pick<KeyboardEvent, 'code' | 'key' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

/** By what the key writes where it writes a letter, so that Z is Z on a German keyboard; else by its place. */
export function reviewKey({ code, key, ctrlKey, altKey, shiftKey, metaKey }: Pressed): ReviewKey | null {
	if (!altKey || !shiftKey || ctrlKey === metaKey) return null;
	const letter = /^[a-z]$/i.test(key) ? key.toUpperCase() : code.replace(/^Key/, '');
	return reviewKeys.find((each) => each.letter === letter)?.action ?? null;
}
