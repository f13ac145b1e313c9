/**
 * Holds an editor and a shared body together. What a person does is written from the editor's own steps; what comes in is
 * looked through by the gate before anything else, and shown by the smallest change. A binding that meets something
 * unknown, or fails, is severed before it can write again: its next keystroke would write outdated text over what others
 * wrote. It never deletes what it cannot show.
 *
 * It stands where y-prosemirror's own stands, under the same key, because carets and undo of that library look for it there.
 */
import { findUnknownChange, type Unknown } from '#lib/documents/body-gate.ts';
import { suggests } from '#lib/documents/suggestion.ts';
import type { Node } from 'prosemirror-model';
import type { EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { ySyncPluginKey } from 'y-prosemirror';
import * as Y from 'yjs';
import { schema } from '../schema.ts';
import { bodyToNodes, type Mapping } from './body-to-nodes.ts';
import { restoreSelection, toRelative, type RelativeSelection } from './relative-selection.ts';
import { showBlocks } from './show-change.ts';
import { survivors, survivorsIn } from './survivors.ts';
import { stepsSince } from './binding-plugin.ts';
import { modeOf } from '../suggest/mode.ts';
import { writeChildren } from './write-nodes.ts';

/** Why there is no editor (any more): a newer version's content, or a fault of ours. */
export type Closing = { why: 'unknown'; unknown: Unknown } | { why: 'fault'; error: unknown };

/** What of a view the binding needs: tests bind a bare state. */
export type Host = Pick<EditorView, 'state' | 'dispatch'> & Partial<Pick<EditorView, 'hasFocus'>>;

export class Binding {
	readonly type: Y.XmlFragment;
	readonly doc: Y.Doc;
	readonly mapping: Mapping = new Map();
	/** Where the selection is to go after the transaction that is under way. */
	beforeTransactionSelection: RelativeSelection | null = null;
	isDestroyed = false;
	/** What the body holds, as the editor showed it when it was last written or taken in. */
	written: Node;
	readonly #onclosed: (closing: Closing) => void;
	#host: Host | null = null;
	#writing = false;

	constructor(body: Y.XmlFragment, onclosed: (closing: Closing) => void) {
		if (!body.doc) throw new Error('a body is bound in its document');
		this.type = body;
		this.doc = body.doc;
		this.#onclosed = onclosed;
		this.written = toDocument(bodyToNodes(body, this.mapping));
	}

	attach(host: Host): void {
		this.#host = host;
		this.doc.on('beforeAllTransactions', this.#noteSelection);
		this.doc.on('afterAllTransactions', this.#forgetSelection);
		this.type.observeDeep(this.#take);
	}

	destroy(): void {
		if (this.isDestroyed) return;
		this.isDestroyed = true;
		this.#host = null;
		this.doc.off('beforeAllTransactions', this.#noteSelection);
		this.doc.off('afterAllTransactions', this.#forgetSelection);
		this.type.unobserveDeep(this.#take);
	}

	/** Brings the body to what the editor shows. */
	write(state: EditorState, addToHistory: boolean): void {
		const { doc } = state;
		if (this.isDestroyed || doc === this.written) return;
		// Before the first word the editor shows a paragraph that the body does not hold.
		const held = this.type.length === 0 ? this.written.type.create() : this.written;
		const kept = this.type.length === 0 ? [] : survivors(held.content.size, stepsSince(state, this.written));
		const writing = { mapping: this.mapping, directly: modeOf(state) !== 'suggest' };
		this.#writing = true;
		try {
			this.doc.transact((transaction) => {
				transaction.meta.set('addToHistory', addToHistory);
				transaction.meta.set(suggests, !writing.directly);
				writeChildren(this.type, { node: held, start: 0 }, { node: doc, start: 0 }, kept, writing);
				this.written = doc;
				this.beforeTransactionSelection = toRelative(this, state);
			}, ySyncPluginKey);
		} finally {
			this.#writing = false;
		}
	}

	readonly #take = (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction): void => {
		const host = this.#host;
		if (this.#writing || !host) return;
		try {
			const unknown = findUnknownChange(this.type, events);
			if (unknown) this.#sever({ why: 'unknown', unknown });
			else this.#show(host, events, transaction.origin instanceof Y.UndoManager);
		} catch (error) {
			this.#sever({ why: 'fault', error });
		}
	};

	#show(host: Host, events: readonly Y.YEvent<Y.AbstractType<unknown>>[], isUndoRedoOperation: boolean): void {
		const before: Mapping = new Map();
		for (const { target } of events) this.#forget(target, before);
		const { state } = host;
		const tr = state.tr
			.setMeta('addToHistory', false)
			.setMeta(ySyncPluginKey, { isChangeOrigin: true, isUndoRedoOperation });
		const blocks = bodyToNodes(this.type, this.mapping);
		const told = new Map(events.map((event) => [event.target as unknown, event as Y.YEvent<Y.XmlText>]));
		const keptIn = (at: number, old: Node) => {
			const element = this.type.get(at);
			return before.get(element) === old ? survivorsIn(element, told) : null;
		};
		showBlocks(tr, blocks.length > 0 ? blocks : toDocument([]).children, keptIn);
		this.#keepMapping(tr.doc);
		this.written = tr.doc;
		restoreSelection(tr, this.beforeTransactionSelection, this);
		if (isUndoRedoOperation) tr.scrollIntoView();
		host.dispatch(tr);
	}

	/** An element that changed, and those around it, are to be read anew. @param before receives what they were */
	#forget(target: Y.AbstractType<unknown>, before: Mapping): void {
		for (let at: Y.AbstractType<unknown> | null = target; at && at !== this.type; at = at.parent) {
			const node = this.mapping.get(at);
			if (node) before.set(at, node);
			this.mapping.delete(at);
		}
	}

	/** Text is shown by replacing a part of its paragraph, which makes another node of it. */
	#keepMapping(doc: Node): void {
		let index = 0;
		for (let item = this.type._first; item; item = item.next) {
			const shown = doc.child(index++);
			const element = (item.content as Y.ContentType).type;
			if (this.mapping.get(element) !== shown) this.mapping.set(element, shown);
		}
	}

	#sever(closing: Closing): void {
		this.destroy();
		this.#onclosed(closing);
	}

	/** Of the many editors of a page the one that somebody is in; in the others the steps move it well enough. */
	readonly #noteSelection = (): void => {
		const host = this.#host;
		if (host && host.hasFocus?.() !== false) this.beforeTransactionSelection ??= toRelative(this, host.state);
	};

	readonly #forgetSelection = (): void => {
		this.beforeTransactionSelection = null;
	};
}

function toDocument(blocks: readonly Node[]): Node {
	return schema.topNodeType.createAndFill(null, blocks) as Node;
}
