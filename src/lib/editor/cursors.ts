/**
 * Others' carets and selections. Their states come from other devices: a state that is not exactly of the right form is
 * left out, because resolving a malformed position throws inside the editor. Colours are set through the style object, never
 * as markup. A name is shown for a moment where a caret came to, because it stands on what is written above.
 */
import { personColour } from '#lib/ui/person-colour.ts';
import { Plugin } from 'prosemirror-state';
import type { DecorationAttrs, DecorationSet } from 'prosemirror-view';
import type { Awareness } from 'y-protocols/awareness';
import { yCursorPlugin, yCursorPluginKey } from 'y-prosemirror';

/** @param fragment the name of the root that the editor shows */
export function cursors(awareness: Awareness, fragment: string, nameOf: (personId: string) => string): Plugin[] {
	const flags = new Map<string, Flag>();
	const carets = yCursorPlugin(awareness, {
		awarenessStateFilter: (mine, theirs, state) => mine !== theirs && isCursorIn(fragment, state),
		cursorBuilder: (user, client) => {
			const element = caret(idOf(user), nameOf(idOf(user)));
			show(element, flags.get(String(client))?.until ?? 0);
			flags.set(String(client), { at: -1, until: 0, ...flags.get(String(client)), element });
			return element;
		},
		selectionBuilder: (user): DecorationAttrs => ({
			class: 'their-selection',
			style: `--who: ${personColour(idOf(user))}`,
		}),
	}) as Plugin;
	return [carets, naming(flags)];
}

/** A caret of another device: where it is, and until when it shows a name. */
type Flag = { element: HTMLElement; at: number; until: number };

/** Milliseconds. */
const namedFor = 2500;

/** Shows the names of carets that came here, or went to another place in the text. Who goes on writing is known by now. */
function naming(flags: Map<string, Flag>): Plugin {
	return new Plugin({
		view: () => ({
			update({ state }, before) {
				const set = yCursorPluginKey.getState(state) as DecorationSet;
				if (set === yCursorPluginKey.getState(before)) return;
				const gone = new Set(flags.keys());
				for (const { from, spec } of set.find() as { from: number; spec: { key?: string } }[]) {
					const flag = flags.get(spec.key ?? '');
					if (!flag) continue;
					gone.delete(spec.key ?? '');
					if (flag.at < 0 || (flag.at !== from && state.doc === before.doc)) {
						flag.until = Date.now() + namedFor;
						show(flag.element, flag.until);
					}
					flag.at = from;
				}
				for (const client of gone) flags.delete(client);
			},
		}),
	});
}

const ends = new WeakMap<HTMLElement, ReturnType<typeof setTimeout>>();

function show(element: HTMLElement, until: number): void {
	const left = until - Date.now();
	element.classList.toggle('named', left > 0);
	clearTimeout(ends.get(element));
	if (left > 0)
		ends.set(
			element,
			setTimeout(() => element.classList.remove('named'), left),
		);
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
