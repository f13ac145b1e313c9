/**
 * The final text shows paragraphs as they will be, though nothing is divided or joined before it is accepted: those that go
 * together run on in one line (`data-run`), and behind a `¶` there is a line break that the caret can stand behind. The other
 * displays show neither (`body-suggestions.css`).
 */
import { readAuthored } from '#lib/documents/suggestion.ts';
import type { Node, ResolvedPos } from 'prosemirror-model';
import { TextSelection, type EditorState } from 'prosemirror-state';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';
import { attributesOf, isParagraph, schema } from '../schema.ts';
import { isStruck } from './marks.ts';

const shapes = new WeakMap<Node, DecorationSet>();

/** Made once for a document: a view asks with every move of the caret. */
export function finalShapeOf(doc: Node): DecorationSet {
	const made = shapes.get(doc) ?? DecorationSet.create(doc, [...runsOf(doc), ...breaksIn(doc)]);
	shapes.set(doc, made);
	return made;
}

type Placed = { node: Node; at: number };

/** Of paragraphs that are to go together. What is struck between them goes. */
function runsOf(doc: Node): Decoration[] {
	const runs: Placed[][] = [];
	let run: Placed[] = [];
	doc.forEach((node, at) => {
		if (!isParagraph(node)) {
			if (!readAuthored(node.attrs['del'])) run = [];
		} else {
			if (!readAuthored(node.attrs['join']) || run.length === 0) runs.push((run = []));
			run.push({ node, at });
		}
	});
	return runs.filter(({ length }) => length > 1).flatMap(toDecorations);
}

/** Of empty paragraphs nothing is left: the first other one gives its form to all. */
function toDecorations(run: readonly Placed[]): Decoration[] {
	const filled = run.findIndex(({ node }) => !goesWhole(node));
	const head = filled < 0 ? run.length - 1 : filled;
	const { level, list, indent } = attributesOf((run[head] as Placed).node);
	const steps = (indent ?? 0) + (list === null || level !== null ? 0 : 1);
	const form = { 'data-as': level === null ? (list ?? 'p') : `h${level + 1}`, style: `--steps: ${steps}` };
	return run.map(({ node, at }, index) =>
		Decoration.node(at, at + node.nodeSize, {
			'data-run': index < head ? 'gone' : index > head ? 'on' : run[0]?.at === 0 ? 'first' : 'head',
			...(index < head ? {} : form),
			...(index < run.length - 1 ? { 'data-goes-on': '' } : {}),
		}),
	);
}

function goesWhole(paragraph: Node): boolean {
	return paragraph.children.every((node) => (node.isText ? isStruck(node) : readAuthored(node.attrs['del'])));
}

function breaksIn(doc: Node): Decoration[] {
	const found: Decoration[] = [];
	doc.descendants((node, at) => {
		if (!isBreak(node)) return;
		const marks = node.marks.filter(({ type }) => type !== schema.marks.brk);
		const spec = { side: -1, raw: true, ignoreSelection: true, marks, key: 'break' };
		for (let end = 1; end <= node.nodeSize; end++) found.push(Decoration.widget(at + end, lineBreak, spec));
	});
	return found;
}

const divides = 'divides';

function lineBreak(): HTMLElement {
	const element = document.createElement('br');
	element.className = divides;
	return element;
}

function isBreak(node: Node | null | undefined): boolean {
	return node?.marks.some(({ type }) => type === schema.marks.brk) ?? false;
}

/** The `¶` is not seen: the browser would erase the line break alone, and write behind it what is meant to stand before. */
export function writeAtBreak(view: EditorView, event: InputEvent): boolean {
	const { selection, tr } = view.state;
	const { $head, empty } = selection;
	if (!empty || !event.cancelable || view.composing) return false;
	const at = $head.pos;
	if (event.inputType === 'insertText' && event.data && isBeforeBreak(view.state)) tr.insertText(event.data);
	else if (/^delete.*Backward$/.test(event.inputType) && isBreak($head.nodeBefore)) tr.delete(at - 1, at);
	else if (/^delete.*Forward$/.test(event.inputType) && isBreak($head.nodeAfter)) tr.delete(at, at + 1);
	else return false;
	event.preventDefault();
	view.dispatch(tr.scrollIntoView());
	return true;
}

/** The view takes the caret over the line break and the `¶` before the browser moves it from there. */
export function goOverBreak(view: EditorView, event: KeyboardEvent): boolean {
	const { $head, empty } = view.state.selection;
	const plain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
	if (!plain || !empty || !isBreak($head.nodeBefore)) return false;
	const above = event.key === 'ArrowUp' && view.dom.closest('.show-final') !== null;
	if (!above && event.key !== 'ArrowLeft') return false;
	const { tr, doc } = view.state;
	const $end = doc.resolve($head.pos - 1);
	const to = above && $end.nodeBefore && !isBreak($end.nodeBefore) ? lineAbove(view, $head.pos) : $end.pos;
	view.dispatch(tr.setSelection(TextSelection.create(doc, to)).scrollIntoView());
	return true;
}

function lineAbove(view: EditorView, pos: number): number {
	const { top, bottom } = view.coordsAtPos(pos - 1, -1);
	return view.posAtCoords({ left: view.coordsAtPos(pos, 1).left, top: (top + bottom) / 2 })?.pos ?? pos - 1;
}

/** A caret that the browser puts before the line break stands before the `¶`, too. */
export function beforeSeenBreak({ dom }: EditorView, $anchor: ResolvedPos, $head: ResolvedPos): TextSelection | null {
	const seen = dom.ownerDocument.getSelection();
	const next = seen?.isCollapsed && seen.focusNode?.childNodes[seen.focusOffset];
	if ($anchor.pos !== $head.pos || !isBreak($head.nodeBefore) || !next) return null;
	return next instanceof HTMLElement && next.className === divides
		? TextSelection.create($head.doc, $head.pos - 1)
		: null;
}

/** What it writes gets an element of its own before the line break. */
export function composeBeforeBreak({ state, dispatch }: EditorView): boolean {
	if (!isBeforeBreak(state)) return false;
	const marks = state.storedMarks ?? state.selection.$head.marks();
	dispatch(state.tr.setStoredMarks(marks.filter(({ type }) => type !== schema.marks.brk)));
	return false;
}

/** In a line that is empty but for the break. */
function isBeforeBreak({ selection: { $head, empty } }: EditorState): boolean {
	const { nodeBefore, nodeAfter } = $head;
	return empty && isBreak(nodeAfter) && (nodeBefore === null || isBreak(nodeBefore));
}
