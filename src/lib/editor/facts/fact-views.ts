/** Draws facts in the editor: the present value, beside the old one after a change, and what became of a source. */
import { caveatsOf, readFact, type FactReading, type FactSources } from '#lib/domain/facts/fact.ts';
import type { Node } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import type { NodeView } from 'prosemirror-view';
import { ClipboardParser, ClipboardSerializer, sliceToText } from '../clipboard.ts';
import { asKept, factOf, type ReadFact } from './fact-node.ts';
import { factsKey } from './shown-words.ts';
import { caveatNote } from './words.ts';

export type FactViews = {
	plugin: Plugin;
	/** Where the fact stands that this element shows, whenever one asks; undefined when it is there no more. */
	placeOf(element: HTMLElement): (() => number | undefined) | null;
	/** Draws every fact anew that reads differently now. */
	set(sources: FactSources): void;
};

export function factViews(): FactViews {
	const views = new Set<() => void>();
	const places = new WeakMap<HTMLElement, () => number | undefined>();
	let sources: FactSources | null = null;
	const read: ReadFact = (fact) => (sources ? readFact(fact, sources) : asKept(fact));

	function view(node: Node, getPos: () => number | undefined): NodeView {
		const dom = document.createElement('span');
		dom.contentEditable = 'false';
		let drawn = '';
		const draw = () => {
			const reading = read(factOf(node));
			const state = JSON.stringify([reading, node.attrs.ins, node.attrs.del, node.attrs.comments]);
			if (state === drawn) return;
			drawn = state;
			drawFact(dom, reading, node);
		};
		places.set(dom, getPos);
		draw();
		views.add(draw);
		return {
			dom,
			update(next) {
				if (next.type !== node.type) return false;
				node = next;
				draw();
				return true;
			},
			ignoreMutation: () => true,
			destroy: () => void views.delete(draw),
		};
	}
	return {
		plugin: new Plugin({
			key: factsKey,
			words: (fact: Node) => read(factOf(fact)).text,
			props: {
				nodeViews: { fact: (node, _view, getPos) => view(node, getPos) },
				// Elsewhere there is no calendar to follow: the words that are copied are those that it reads now.
				clipboardParser: new ClipboardParser(read),
				clipboardSerializer: new ClipboardSerializer(read),
				clipboardTextSerializer: (slice) => sliceToText(slice, read),
			},
		}),
		placeOf: (element) => places.get(element) ?? null,
		set(next) {
			sources = next;
			for (const draw of views) draw();
		},
	};
}

const states: readonly FactReading['state'][] = ['live', 'gone', 'unreadable'];

function drawFact(dom: HTMLElement, reading: FactReading, { attrs }: Node): void {
	const changed = reading.state === 'live' && reading.old !== null;
	const note = caveatNote(caveatsOf(reading));
	// It has others' classes too, where it is commented on.
	dom.classList.remove(...states);
	dom.classList.add('fact', reading.state);
	dom.classList.toggle('changed', changed);
	dom.classList.toggle('inserted', typeof attrs.ins === 'string');
	dom.classList.toggle('struck', typeof attrs.del === 'string');
	if (typeof attrs.comments === 'string') dom.dataset.comment = attrs.comments;
	else delete dom.dataset.comment;
	dom.replaceChildren();
	if (reading.state === 'live' && reading.old !== null)
		dom.append(part('del', reading.old), ' ', part('ins', reading.text));
	else dom.append(reading.text || '–');
	if (note) dom.append(' ', part('small', note));
}

function part(tag: 'del' | 'ins' | 'small', text: string): HTMLElement {
	const element = document.createElement(tag);
	element.textContent = text;
	return element;
}
