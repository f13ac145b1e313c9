/** What the keys of review do: going from suggestion to suggestion, through all texts of the page, and deciding one. */
import { readSuggestions } from '#lib/documents/read-suggestions.ts';
import { decide } from '#lib/documents/review.ts';
import { suggestionKey, type Authored } from '#lib/documents/suggestion.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { toast } from '#lib/ui/toast.svelte.ts';
import type * as Y from 'yjs';
import type { Editor } from '../open-editor.ts';
import { openEditors } from '../open-editors.ts';
import { goToSuggestion, suggestionsAt } from '../suggest/stops.ts';
import type { ReviewKey } from './review-keys.ts';

type Direction = -1 | 1;

/** @param root of the text in which the key was pressed */
export async function pressReviewKey(
	action: Exclude<ReviewKey, 'edit' | 'suggest' | 'view'>,
	doc: Y.Doc,
	root: string,
): Promise<void> {
	const editor = openEditors.get(root);
	if (!editor) return;
	if (action === 'next' || action === 'previous') return go(action === 'next' ? 1 : -1, doc, root, editor);
	const touched = suggestionsAt(editor.state);
	const chosen = (of: Authored) => touched.some((one) => suggestionKey(one) === suggestionKey(of));
	if (touched.length > 0) decide(doc, root, action, chosen);
}

let isOnItsWay = false;

/** To the next in this text, else in the texts behind it, and on from the first; so at the end of all one comes back. */
async function go(direction: Direction, doc: Y.Doc, root: string, editor: Editor): Promise<void> {
	if (isOnItsWay) return;
	if (goToSuggestion(direction)(editor.state)) return editor.run(goToSuggestion(direction));
	isOnItsWay = true;
	for (const place of placesFrom(root, direction)) {
		const of = place.dataset.body ?? '';
		const next = readSuggestions(doc, of).length > 0 ? await editorIn(place, of) : undefined;
		const command = goToSuggestion(direction, true);
		if (!next || !command(next.state)) continue;
		next.run(command);
		isOnItsWay = false;
		return;
	}
	isOnItsWay = false;
	toast({ text: m.review_none() });
}

/** All texts of the page in the order in which one comes to them, this one last. */
function placesFrom(root: string, direction: Direction): HTMLElement[] {
	const places = [...document.querySelectorAll<HTMLElement>('[data-body]')];
	if (direction < 0) places.reverse();
	const behind = places.findIndex(({ dataset }) => dataset.body === root) + 1;
	return [...places.slice(behind), ...places.slice(0, behind)];
}

/** How long an editor may take to come, in milliseconds. Of a text that can only be read there is none. */
const comesWithin = 3000;

/** A text far from the screen gets its editor when it comes near. */
function editorIn(place: HTMLElement, root: string): Promise<Editor | undefined> {
	const there = openEditors.get(root);
	if (there) return Promise.resolve(there);
	return new Promise((resolve) => {
		const answer = () => {
			clearTimeout(timer);
			observer.disconnect();
			resolve(openEditors.get(root));
		};
		const timer = setTimeout(answer, comesWithin);
		const observer = new MutationObserver(() => openEditors.has(root) && answer());
		observer.observe(place, { childList: true, subtree: true });
		place.scrollIntoView({ block: 'nearest' });
	});
}
