/**
 * The peer: the same texts in plain y-prosemirror, with its carets and undo and the same schema, and nothing else. And the
 * floor, with `browser` in the address: no editor at all, an element that the browser lets one write in, and what others
 * write put into it; what is typed goes nowhere.
 */
import { baseKeymap } from 'prosemirror-commands';
import { keymap } from 'prosemirror-keymap';
import { EditorState, type Plugin } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { yCursorPlugin, ySyncPlugin, yUndoPlugin } from 'y-prosemirror';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { schema } from '../../../src/lib/editor/schema.ts';
import '../../../src/app.css';
import '../../../src/lib/editor/body.css';

const query = new URLSearchParams(location.search);
const doc = new Y.Doc();
const provider = new WebsocketProvider(`ws://${location.host}/sync`, query.get('document') ?? '', doc, {
	disableBc: true,
});
provider.awareness.setLocalStateField('user', { id: 'me', name: 'Mara', color: '#30bced' });

provider.once('sync', () => {
	for (const root of (query.get('roots') ?? '').split(',')) {
		const place = document.body.appendChild(document.createElement('section'));
		place.style.width = `${query.get('width')}px`;
		const body = doc.getXmlFragment(root);
		if (query.has('browser')) showAlone(body, place);
		else edit(body, place);
	}
});

function edit(body: Y.XmlFragment, place: HTMLElement): void {
	new EditorView(place, {
		state: EditorState.create({
			schema,
			plugins: [
				ySyncPlugin(body) as Plugin,
				yCursorPlugin(provider.awareness) as Plugin,
				yUndoPlugin() as Plugin,
				keymap(baseKeymap),
			],
		}),
		attributes: { role: 'textbox', 'aria-multiline': 'true', class: 'rich' },
	});
}

function showAlone(body: Y.XmlFragment, place: HTMLElement): void {
	place.className = 'rich';
	place.role = 'textbox';
	place.contentEditable = 'true';
	const shown = new Map<unknown, HTMLElement>();
	for (const block of body.toArray() as Y.XmlElement[]) {
		const paragraph = place.appendChild(document.createElement('p'));
		for (const text of block.toArray()) shown.set(text, paragraph);
		paragraph.textContent = textOf(block);
	}
	body.observeDeep((events) => {
		for (const { target } of events) {
			const paragraph = shown.get(target);
			if (paragraph) paragraph.textContent = textOf(target.parent as Y.XmlElement);
		}
	});
}

const textOf = (block: Y.XmlElement): string => block.toArray().map(String).join('');
