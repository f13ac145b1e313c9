/**
 * Others' carets and selections. Their states come from other devices: a state that is not exactly of the right form is
 * left out, because resolving a malformed position throws inside the editor. Colours are set through the style object, never as markup.
 */
import { personColour } from '#lib/ui/person-colour.ts';
import type { Plugin } from 'prosemirror-state';
import type { DecorationAttrs } from 'prosemirror-view';
import type { Awareness } from 'y-protocols/awareness';
import { yCursorPlugin } from 'y-prosemirror';

/** @param fragment the name of the root that the editor shows */
export function cursors(awareness: Awareness, fragment: string, nameOf: (personId: string) => string): Plugin {
	return yCursorPlugin(awareness, {
		awarenessStateFilter: (mine, theirs, state) => mine !== theirs && isCursorIn(fragment, state),
		cursorBuilder: (user) => caret(idOf(user), nameOf(idOf(user))),
		selectionBuilder: (user): DecorationAttrs => ({
			class: 'their-selection',
			style: `--who: ${personColour(idOf(user))}`,
		}),
	}) as Plugin;
}

/** Whether a state of another device holds a position that can be resolved without harm. */
export function isCursorIn(fragment: string, state: unknown): boolean {
	if (!isRecord(state) || !isRecord(state.cursor)) return false;
	return isPosition(state.cursor.anchor, fragment) && isPosition(state.cursor.head, fragment);
}

function isPosition(value: unknown, fragment: string): boolean {
	if (!isRecord(value)) return false;
	const { type, tname, item, assoc } = value;
	const root = tname === undefined || tname === null || tname === fragment;
	const side = assoc === undefined || assoc === null || typeof assoc === 'number';
	return root && side && isId(type) && isId(item) && (isRecord(type) || isRecord(item) || tname === fragment);
}

function isId(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	return isRecord(value) && isCount(value.client) && isCount(value.clock);
}

function isCount(value: unknown): boolean {
	return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

function idOf(user: unknown): string {
	return isRecord(user) && typeof user.id === 'string' ? user.id : '';
}

function caret(id: string, name: string): HTMLElement {
	const element = document.createElement('span');
	element.className = 'their-caret';
	element.style.setProperty('--who', personColour(id));
	// Carets are no part of the text that a screen reader reads; who is here is said in another place.
	element.setAttribute('aria-hidden', 'true');
	const flag = document.createElement('span');
	flag.className = 'their-name';
	flag.textContent = name;
	// Word joiners keep the line from breaking, and the browser's own caret from jumping, at the element.
	element.append('\u2060', flag, '\u2060');
	return element;
}
