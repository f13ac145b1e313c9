/**
 * `npm run bench:editor`: what the editor's own work costs beside plain y-prosemirror, in one sitting: from a keystroke to
 * its update, and from another's update to the editor's new state, in a text of 50 pages in which ten others type. Nothing
 * is drawn here; layout and paint are the browser's and the same for both. And what a suggested letter costs in the store.
 */
import { EditorState, type Plugin, type PluginView, type Transaction } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { ySyncPlugin } from 'y-prosemirror';
import * as Y from 'yjs';
import { bindingPlugin } from '#lib/editor/binding/binding-plugin.ts';
import { Binding } from '#lib/editor/binding/binding.ts';
import { schema } from '#lib/editor/schema.ts';
import { inMode, suggesting } from '#lib/editor/suggest/suggesting.ts';

const root = 'body:a';
const paragraphs = 500;
const letters = 300;
const keystrokes = 300;
const others = 10;

class Host {
	state: EditorState;
	#views: PluginView[] = [];
	constructor(state: EditorState) {
		this.state = state;
		this.#views = state.plugins.flatMap((plugin) => plugin.spec.view?.(this as unknown as EditorView) ?? []);
	}
	readonly dispatch = (tr: Transaction): void => {
		const done = inMode(this.state, tr);
		if (!done) return;
		const before = this.state;
		this.state = before.apply(done);
		for (const view of this.#views) view.update?.(this as unknown as EditorView, before);
	};
	hasFocus(): boolean {
		return false;
	}
}

/** 50 pages: 500 paragraphs of 300 letters. */
function longText(): Uint8Array {
	const doc = new Y.Doc();
	const blocks = Array.from({ length: paragraphs }, (_, index) => {
		const block = new Y.XmlElement('paragraph');
		block.insert(0, [new Y.XmlText(`${index} `.padEnd(letters, 'Wort und noch eines '))]);
		return block;
	});
	doc.getXmlFragment(root).insert(0, blocks);
	return Y.encodeStateAsUpdate(doc);
}

function open(text: Uint8Array, own: boolean, mode: 'edit' | 'suggest' = 'edit'): { doc: Y.Doc; host: Host } {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, text);
	const body = doc.getXmlFragment(root);
	if (!own) return { doc, host: new Host(EditorState.create({ schema, plugins: [ySyncPlugin(body) as Plugin] })) };
	const binding = new Binding(body, (closing) => {
		throw new Error(JSON.stringify(closing));
	});
	let ids = 0;
	const author = { id: 'mara', now: () => 1_700_000_000_000, newId: () => `s${ids++}` };
	const plugins = [bindingPlugin(binding), suggesting(author, mode)];
	return { doc, host: new Host(EditorState.create({ doc: binding.written, plugins })) };
}

function measure(text: Uint8Array, own: boolean, mode: 'edit' | 'suggest'): { key: number; foreign: number } {
	const { doc, host } = open(text, own, mode);
	const peers = Array.from({ length: others }, () => {
		const peer = new Y.Doc();
		Y.applyUpdate(peer, text);
		return peer;
	});
	const keys: number[] = [];
	const foreign: number[] = [];
	for (let at = 0; at < keystrokes; at++) {
		for (const [index, peer] of peers.entries()) {
			const before = Y.encodeStateVector(peer);
			const block = peer.getXmlFragment(root).get(40 * index + 7) as Y.XmlElement;
			(block.get(0) as Y.XmlText).insert(5, 'x');
			const update = Y.encodeStateAsUpdate(peer, before);
			foreign.push(timed(() => Y.applyUpdate(doc, update, 'network')));
		}
		const place = (paragraphs / 2) * (letters + 2) + 20 + at;
		keys.push(timed(() => host.dispatch(host.state.tr.insertText('a', place))));
	}
	return { key: percentile(keys), foreign: percentile(foreign) };
}

function timed(run: () => void): number {
	const start = performance.now();
	run();
	return performance.now() - start;
}

function percentile(times: number[]): number {
	return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
}

/** Bytes that the store's state grows by for each letter of a suggested sentence. */
function bytesPerLetter(text: Uint8Array): number {
	const { doc, host } = open(text, true, 'suggest');
	const size = () => Y.encodeStateAsUpdate(doc).length;
	const before = size();
	const sentence = 'Eingeladen waren auch die Vorsitzenden der Ratsfraktion und der Arbeitskreise. ';
	for (let at = 0; at < sentence.length; at++) host.dispatch(host.state.tr.insertText(sentence[at] ?? '', 20 + at));
	return (size() - before) / sentence.length;
}

const text = longText();
// Once to warm up, then each in turn.
for (const own of [true, false]) measure(text, own, 'edit');
const plain = measure(text, false, 'edit');
const ours = measure(text, true, 'edit');
const suggested = measure(text, true, 'suggest');
const ratio = (a: number, b: number) => `${(a / b).toFixed(2)} of plain`;
console.log(`keystroke to update, p95: ${ours.key.toFixed(2)} ms, ${ratio(ours.key, plain.key)} (at most 1.15)`);
console.log(`suggested keystroke, p95: ${suggested.key.toFixed(2)} ms, ${ratio(suggested.key, plain.key)}`);
console.log(
	`another's letter, p95: ${ours.foreign.toFixed(2)} ms, ${ratio(ours.foreign, plain.foreign)} (at most 1.15)`,
);
console.log(`opening 50 pages: ${timed(() => open(text, true)).toFixed(0)} ms without drawing`);
console.log(`a suggested letter in the store: ${bytesPerLetter(text).toFixed(2)} bytes (at most 4)`);
