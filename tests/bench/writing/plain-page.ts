/** The peer: the same texts in plain y-prosemirror, with its carets and undo and the same schema, and nothing else. */
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
});
