import { expect, test } from 'vitest';
import { unsentKey } from './identity.ts';
import { UnsentNotes } from './unsent-notes.ts';

function createNotes(kept = new Map<string, string>()): UnsentNotes {
	const store = {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => void kept.set(key, value),
		removeItem: (key: string) => void kept.delete(key),
	};
	return new UnsentNotes(store);
}

test('whoever comes in after its author does not see it, and the author does again', () => {
	const notes = createNotes();
	notes.offer('jonas');
	expect(notes.shown).toMatchObject({ of: 'jonas', saved: false });
	notes.enter('gerda');
	expect(notes.shown).toBeNull();
	notes.enter('jonas');
	expect(notes.shown).toMatchObject({ of: 'jonas', saved: false });
});

test('one’s own comes into sight and takes another’s out of it; what was saved stays so', () => {
	const notes = createNotes();
	notes.offer('jonas');
	notes.noteSaved('jonas');
	notes.offer('gerda');
	expect(notes.shown).toMatchObject({ of: 'gerda', saved: false });
	notes.forget('gerda');
	expect(notes.shown).toBeNull();
	notes.enter('jonas');
	expect(notes.shown).toMatchObject({ of: 'jonas', saved: true });
});

test('when the last is gone nothing is left, and what is no such note counts as none', () => {
	const kept = new Map<string, string>();
	const notes = createNotes(kept);
	notes.enter('jonas');
	notes.offer('jonas');
	notes.forget('jonas');
	expect(kept.size).toBe(0);
	kept.set(unsentKey, 'true');
	expect(notes.shown).toBeNull();
});
