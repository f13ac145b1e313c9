/**
 * HTML from anywhere (web pages, Word, mail) made into the blocks of the flat schema, by allow-list: nothing of an element
 * survives but what is read here on purpose. Never throws, whatever the HTML; text is only lost with elements that are
 * no text, such as scripts and styles, and where it is struck.
 */
import { maxIndent, type HeadingLevel, type ListKind } from '#lib/documents/body-gate.ts';
import { safeHref } from '#lib/domain/href.ts';
import type { Mark, Node as BodyNode } from 'prosemirror-model';
import { BlockCollector, type ItemContext } from './block-collector.ts';
import { factAttribute } from './facts/copied-fact.ts';
import { isListMarkerStart, isMarkerEnd, wordItemOf } from './html-word.ts';
import { readStyle, type TextStyle } from './html-style.ts';
import { schema } from './schema.ts';

const skipped = new Set(
	'script,style,head,title,meta,link,base,template,noscript,iframe,object,embed,svg,math,audio,video,canvas,select,textarea,button,map,img'.split(
		',',
	),
);
const blocks = new Set(
	'p,div,section,article,main,header,footer,aside,nav,address,blockquote,figure,figcaption,pre,dl,dt,dd,form,fieldset,details,summary,h1,h2,h3,h4,h5,h6,ul,ol,menu,li,center,body,html,thead,tbody,tfoot,tr,td,th,caption'.split(
		',',
	),
);

/** Below this depth an element counts as its text. */
const deepest = 200;

type Context = {
	marks: readonly Mark[];
	level: HeadingLevel | null;
	item: ItemContext | null;
	/** How many lists are around. */
	lists: number;
	listKind: ListKind;
	/** White space means what it says. */
	verbatim: boolean;
	/** In a cell, which holds paragraphs alone. */
	inCell: boolean;
	depth: number;
	/** The live fact that an element offers; null when its words are to come. */
	fact: (element: Element) => BodyNode | null;
};

const outside: Context = {
	marks: [],
	level: null,
	item: null,
	lists: 0,
	listKind: 'bullet',
	verbatim: false,
	inCell: false,
	depth: 0,
	fact: () => null,
};

export function htmlToNodes(root: Node, fact: Context['fact'] = outside.fact): BodyNode[] {
	return collect(root, { ...outside, fact });
}

function collect(root: Node, context: Context): BodyNode[] {
	const out = new BlockCollector();
	walkChildren(root, context, out);
	out.close();
	return out.nodes;
}

function walkChildren(parent: Node, context: Context, out: BlockCollector): void {
	let inMarker = false;
	for (const child of parent.childNodes) {
		// Word puts a list item's number or bullet between two conditional comments.
		if (child.nodeType === 8) inMarker = inMarker ? !isMarkerEnd(child) : isListMarkerStart(child);
		else if (!inMarker) walk(child, context, out);
	}
}

function walk(node: Node, context: Context, out: BlockCollector): void {
	if (node.nodeType === 3) return out.text(node.nodeValue ?? '', context);
	if (!isElement(node)) return;
	const tag = node.localName;
	if (skipped.has(tag)) return;
	if (context.depth >= deepest) return out.text(node.textContent ?? '', context);
	const style = readStyle(node);
	if (style.hidden || style.wordMarker || isStruck(node, style, context)) return;
	const inner = { ...context, depth: context.depth + 1, marks: marksOf(node, tag, style, context) };
	inner.verbatim = tag === 'pre' || (style.verbatim ?? context.verbatim);
	if (tag === 'br') return out.lineBreak(inner);
	if (tag === 'hr') return context.inCell ? out.close() : out.add(schema.nodes.rule.create());
	if (tag === 'input') return tick(node, inner);
	if (tag === 'table') return table(node, inner, out);
	if (!blocks.has(tag)) {
		const fact = node.hasAttribute(factAttribute) ? context.fact(node) : null;
		return fact ? out.fact(fact, inner) : walkChildren(node, inner, out);
	}
	out.close();
	walkChildren(node, blockContext(node, tag, inner), out);
	out.close();
}

/**
 * Struck words are left out, whoever struck them: pasted text reads as it will when the changes are accepted, as between
 * Word's own documents. (An imported file keeps them as suggestions.) But what is done is struck on many a list, and stays.
 */
function isStruck(node: Element, style: TextStyle, { item }: Context): boolean {
	if (item?.list === 'check' && item.checked) return false;
	const byWord = node.localName === 'span' && /(^|\s)msoDel(\s|$)/i.test(node.getAttribute('class') ?? '');
	return style.struck || byWord || ['del', 's', 'strike'].includes(node.localName);
}

function blockContext(node: Element, tag: string, context: Context): Context {
	if (/^h[1-6]$/.test(tag)) {
		return {
			...context,
			level: Math.min(3, Number(tag[1])) as HeadingLevel,
			item: null,
		};
	}
	if (tag === 'ul' || tag === 'ol' || tag === 'menu') {
		return { ...context, lists: context.lists + 1, listKind: tag === 'ol' ? 'ordered' : 'bullet' };
	}
	if (tag === 'li') return { ...context, item: itemOf(node, context) };
	const item = wordItemOf(node);
	return item ? { ...context, item } : context;
}

function itemOf(node: Element, { lists, listKind }: Context): ItemContext {
	const ticked = node.getAttribute('aria-checked') ?? node.getAttribute('data-checked');
	return {
		list: ticked === null ? listKind : 'check',
		indent: Math.min(maxIndent, Math.max(0, lists - 1)),
		checked: ticked === 'true',
		begun: false,
	};
}

/** A check box makes the item around it one to check. */
function tick(node: Element, { item }: Context): void {
	if (!item || node.getAttribute('type')?.toLowerCase() !== 'checkbox') return;
	item.list = 'check';
	item.checked = node.hasAttribute('checked');
}

function table(node: Element, context: Context, out: BlockCollector): void {
	out.close();
	const rows = [...node.querySelectorAll('tr')].filter((row) => row.closest('table') === node);
	const cells = rows.map((row) =>
		[...row.children].filter(({ localName }) => localName === 'td' || localName === 'th'),
	);
	// Pages and mails use tables of one column for their layout.
	if (context.inCell || cells.every((row) => row.length < 2)) return walkChildren(node, context, out);
	const { table, row } = schema.nodes;
	const made = cells.map((each) =>
		row.create(
			null,
			each.map((cell) => cellNode(cell, context)),
		),
	);
	out.add(table.create(null, made));
}

function cellNode(node: Element, context: Context): BodyNode {
	const { cell, paragraph } = schema.nodes;
	const inner = { ...outside, depth: context.depth + 3, inCell: true, fact: context.fact };
	const content = collect(node, inner);
	const attributes = {
		header: node.localName === 'th' || null,
		colspan: span(node, 'colspan', 100),
		rowspan: span(node, 'rowspan', 1000),
	};
	return cell.create(attributes, content.length > 0 ? content : [paragraph.create()]);
}

function span(node: Element, name: string, most: number): number | null {
	const value = Number(node.getAttribute(name));
	return Number.isInteger(value) && value >= 2 && value <= most ? value : null;
}

function marksOf(node: Element, tag: string, style: TextStyle, context: Context): readonly Mark[] {
	const { strong, em, link } = schema.marks;
	let { marks } = context;
	const set = (mark: Mark, on: boolean | null) => {
		if (on !== null) marks = on ? mark.addToSet(marks) : mark.type.removeFromSet(marks);
	};
	// Headings are bold by themselves.
	if (context.level === null) set(strong.create(), style.strong ?? (tag === 'strong' || tag === 'b' || null));
	set(em.create(), style.em ?? (tag === 'em' || tag === 'i' || null));
	const href = tag === 'a' ? safeHref(node.getAttribute('href')) : null;
	if (href !== null) set(link.create({ href }), true);
	return marks;
}

function isElement(node: Node): node is Element {
	return node.nodeType === 1;
}
