/** What stands on a page with one editor and nothing around it: for how a text is drawn, and where keys go in it. */
import { appendToBody } from '#lib/documents/body-rewrite.ts';
import { decide } from '#lib/documents/review.ts';
import type { RichNode } from '#lib/documents/rich-body.ts';
import { settleBody } from '#lib/documents/settle.ts';
import '#lib/editor/body.css';
import { openEditor, type Editor } from '#lib/editor/open-editor.ts';
import { loadFinalShape } from '#lib/editor/suggest/final-text.ts';
import { TextSelection } from 'prosemirror-state';
import * as Y from 'yjs';
import { quietOptions } from './quiet-editor.ts';

const root = 'body:a';
let doc = new Y.Doc();
let editor: Editor | null = null;
let ids = 0;

const page = {
	/** @param caret where it is put; none without */
	open(blocks: RichNode[], display: string, caret?: number): void {
		editor?.close();
		doc = new Y.Doc();
		appendToBody(doc, root, blocks);
		const place = document.querySelector('main') as HTMLElement;
		place.className = `writing show-${display}`;
		const author = { id: 'mara', now: () => 1_700_000_000_000, newId: () => `s${ids++}` };
		const opened = openEditor(place, { ...quietOptions(doc, root, () => undefined), author, mode: 'suggest' });
		if ('why' in opened) throw new Error(opened.why);
		editor = opened;
		if (caret === undefined) return;
		opened.run((state, dispatch) => {
			dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, caret)));
			return true;
		});
	},
	acceptAll(): void {
		decide(doc, root, 'accept', () => true);
		settleBody(doc, root);
	},
	/** Each block's text: `[+…]`, `[-…]`, and `⤷` where it is to go together with the one before. */
	text(): string[] {
		return (editor?.state.doc.children ?? []).map((block) => {
			const pieces = block.children.map(({ text, marks }) => {
				const kinds = marks.map(({ type }) => type.name);
				return kinds.includes('del') ? `[-${text}]` : kinds.includes('ins') ? `[+${text}]` : text;
			});
			return (block.attrs.join ? '⤷' : '') + pieces.join('');
		});
	},
	/** The words on the screen with where their lines begin and how far down they are, in pixels. */
	lines(): { down: number; left: number; words: string }[] {
		const element = editor?.element as HTMLElement;
		const edge = element.getBoundingClientRect();
		const lines = new Map<number, { left: number; words: string }>();
		const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
		while (texts.nextNode()) {
			const range = document.createRange();
			const { data } = texts.currentNode as Text;
			for (let at = 0; at < data.length; at++) {
				range.setStart(texts.currentNode, at);
				range.setEnd(texts.currentNode, at + 1);
				const { left, bottom, height } = range.getBoundingClientRect();
				if (height === 0) continue;
				const down = Math.round(bottom - edge.top);
				const line = lines.get(down) ?? { left: Math.round(left - edge.left), words: '' };
				lines.set(down, { ...line, words: line.words + data[at] });
			}
		}
		return [...lines].map(([down, { left, words }]) => ({ down, left, words: words.trim() }));
	},
};

export type EditorPage = typeof page;

await loadFinalShape();
Object.assign(globalThis, { page });
