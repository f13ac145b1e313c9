/** What somebody has begun to say is there until they say it or give it up, whatever is closed meanwhile. */
import { expect, test } from 'vitest';
import { CommentDrafts, draftsOf, keyOf, type CommentDraft } from './comment-drafts.svelte.ts';

const nothing = () => undefined;

function draftOf(quote: string): CommentDraft {
	return { fragment: 'body:a', quote, place: null, back: nothing };
}

function typed(text: string) {
	return { text, mentions: [] };
}

test('words stay when the list is closed and the page is left; a field in which nothing was written goes', () => {
	const drafts = draftsOf('mara', 'bulletin:b1');
	drafts.begin(draftOf('Kasse'));
	drafts.keep(keyOf(draftOf('Kasse')), typed('Stimmt das?'));
	drafts.begin(draftOf('Termin'));
	drafts.open('answer:t1');
	drafts.open('answer:t2');
	drafts.keep('answer:t2', typed('Ja.'));
	drafts.keep('edit:r1', typed('  '));
	drafts.forgetEditors();
	const again = draftsOf('mara', 'bulletin:b1');
	expect(again.begun.map(({ quote }) => quote)).toEqual(['Kasse']);
	expect(again.wordsOf(keyOf(draftOf('Kasse')))?.text).toBe('Stimmt das?');
	expect([again.isOpen('answer:t1'), again.isOpen('answer:t2'), again.wordsOf('edit:r1')]).toEqual([
		false,
		true,
		undefined,
	]);
	expect([draftsOf('jonas', 'bulletin:b1').begun, draftsOf('mara', 'bulletin:b2').begun]).toEqual([[], []]);
});

test('one goes on where one had begun at the same words, and a second beginning keeps the first', () => {
	const drafts = new CommentDrafts();
	drafts.begin(draftOf('Kasse'));
	drafts.keep(keyOf(draftOf('Kasse')), typed('Stimmt das?'));
	drafts.begin(draftOf('Termin'));
	drafts.keep(keyOf(draftOf('Termin')), typed('Wann?'));
	drafts.begin(draftOf('Kasse'));
	expect(drafts.begun.map(({ quote }) => quote)).toEqual(['Termin', 'Kasse']);
	expect(drafts.wanted).toBe(keyOf(draftOf('Kasse')));
	expect(drafts.wordsOf(keyOf(draftOf('Kasse')))?.text).toBe('Stimmt das?');
});

test('what is given up can be brought back; without words there is nothing to bring', () => {
	const drafts = new CommentDrafts();
	const key = keyOf(draftOf('Kasse'));
	drafts.begin(draftOf('Kasse'));
	expect([drafts.end(key), drafts.begun]).toEqual([null, []]);
	drafts.begin(draftOf('Kasse'));
	drafts.keep(key, typed('Stimmt das?'));
	const back = drafts.end(key);
	expect([drafts.begun, drafts.isOpen(key), drafts.wordsOf(key)]).toEqual([[], false, undefined]);
	back?.();
	expect([drafts.begun.length, drafts.isOpen(key), drafts.wordsOf(key)?.text]).toEqual([1, true, 'Stimmt das?']);
});
