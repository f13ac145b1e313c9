/**
 * The editor's schema: flat. One textblock, `paragraph`, is heading, list item and plain text by its attributes, so that
 * typing in it merges with whatever another person makes of it at the same time. A line break is the character `\n`.
 *
 * Every node and mark name exists from the first release, those of suggestions, comments and facts among them, and they
 * are those of `documents/body-gate.ts`. Later releases add attributes at most. Absent attributes are `null`, which costs
 * nothing in the document. All content expressions end in `*`: no two people can together make a node that is too empty.
 */
import { bodyMarks, bodyNodes } from '#lib/documents/body-gate.ts';
import {
	asChanged,
	readAuthored,
	readLineForm,
	readMarkChange,
	shownChanges,
	strikesInsertions,
	suggestionKey,
} from '#lib/documents/suggestion.ts';
import { personColour } from '#lib/ui/person-colour.ts';
import { safeHref } from '#lib/domain/href.ts';
import {
	Schema,
	type AttributeSpec,
	type DOMOutputSpec,
	type MarkSpec,
	type Node,
	type NodeSpec,
} from 'prosemirror-model';

export const schema = new Schema({
	nodes: {
		doc: { content: 'block+' },
		paragraph: {
			group: 'block',
			content: 'inline*',
			marks: '_',
			whitespace: 'pre',
			defining: true,
			attrs: nodeAttributes('paragraph'),
			// Only for what a browser itself puts into the editable text; pasted content goes another way.
			parseDOM: [{ tag: 'p' }, { tag: 'div' }],
			toDOM: paragraphToDOM,
		},
		rule: {
			group: 'block',
			attrs: nodeAttributes('rule'),
			parseDOM: [{ tag: 'hr' }],
			toDOM: ({ attrs }) => ['hr', heldBy(attrs)],
		},
		table: {
			group: 'block',
			content: 'row*',
			isolating: true,
			attrs: nodeAttributes('table'),
			toDOM: () => ['div', { class: 'table' }, ['table', ['tbody', 0]]],
		},
		row: { content: 'cell*', attrs: nodeAttributes('row'), toDOM: () => ['tr', 0] },
		cell: { content: 'paragraph*', isolating: true, attrs: nodeAttributes('cell'), toDOM: cellToDOM },
		text: { group: 'inline' },
		fact: {
			group: 'inline',
			inline: true,
			atom: true,
			// What is selected is replaced by the next letter: who presses a fact, or walks over it, means no such thing.
			selectable: false,
			attrs: nodeAttributes('fact'),
			leafText: (node) => String(node.attrs.text ?? ''),
			toDOM: ({ attrs }) => [
				'span',
				{
					class: 'fact',
					...heldBy(attrs),
					...(typeof attrs.comments === 'string' ? { 'data-comment': attrs.comments } : {}),
				},
				String(attrs.text ?? ''),
			],
		},
	} satisfies Record<string, NodeSpec>,
	marks: {
		link: {
			attrs: markAttributes('link'),
			inclusive: false,
			// An address from another client may be anything: only a safe one reaches the page.
			toDOM: (mark) => ['a', { href: safeHref(mark.attrs.href), rel: 'noopener noreferrer nofollow' }, 0],
		},
		strong: { parseDOM: [{ tag: 'strong' }, { tag: 'b' }], toDOM: () => ['strong', 0] },
		em: { parseDOM: [{ tag: 'em' }, { tag: 'i' }], toDOM: () => ['em', 0] },
		ins: several('ins', (attrs) => ['ins', suggestedBy(attrs), 0]),
		del: several('del', (attrs) => [
			'del',
			{ ...suggestedBy(attrs), ...(strikesInsertions(String(attrs.id)) ? { 'data-over': '' } : {}) },
			0,
		]),
		brk: several('brk', ({ form }) => ['span', { class: 'brk', ...lineShown(form) }, ['span', 0]]),
		fmt: several('fmt', fmtToDOM),
		comment: several('comment', (attrs) => ['span', { class: 'comment', 'data-comment': String(attrs.id) }, 0]),
	} satisfies Record<string, MarkSpec>,
});

/** Attributes of a paragraph. */
export type ParagraphAttributes = {
	level: 1 | 2 | 3 | null;
	list: 'bullet' | 'ordered' | 'check' | null;
	indent: number | null;
	checked: true | null;
	join: string | null;
	chg: string | null;
	ins: string | null;
};

export const plainParagraph: ParagraphAttributes = {
	level: null,
	list: null,
	indent: null,
	checked: null,
	join: null,
	chg: null,
	ins: null,
};

export function isParagraph(node: Node): boolean {
	return node.type === schema.nodes.paragraph;
}

/** As it shows: with what is suggested. */
export function attributesOf(paragraph: Node): ParagraphAttributes {
	return asChanged(paragraph.attrs as ParagraphAttributes);
}

/** Whether a paragraph is shown as a list item: a heading that has a list kind too, after a merge, is a heading. */
export function isListItem(paragraph: Node): boolean {
	const { list, level } = attributesOf(paragraph);
	return list !== null && level === null;
}

/** A mark of which several may stand on one text: different people, different times. */
function several(name: string, toDOM: (attrs: Record<string, unknown>) => DOMOutputSpec): MarkSpec {
	return { attrs: markAttributes(name), excludes: '', inclusive: false, toDOM: (mark) => toDOM(mark.attrs) };
}

function nodeAttributes(name: string): Record<string, AttributeSpec> {
	return attributeSpecs(bodyNodes[name], (value) => value === null);
}

function markAttributes(name: string): Record<string, AttributeSpec> {
	return attributeSpecs(bodyMarks[name], (value, check) => value === null && check(undefined));
}

function attributeSpecs(
	known: Readonly<Record<string, (value: unknown) => boolean>> | undefined,
	mayBe: (value: unknown, check: (value: unknown) => boolean) => boolean,
): Record<string, AttributeSpec> {
	return Object.fromEntries(
		Object.entries(known ?? {}).map(([key, check]) => [
			key,
			{
				default: null,
				validate(value: unknown) {
					if (!mayBe(value, check) && !check(value)) throw new RangeError(`not a value of ${key}: ${String(value)}`);
				},
			},
		]),
	);
}

function paragraphToDOM(node: Node): DOMOutputSpec {
	const { level, list, indent, checked } = attributesOf(node);
	const shared = { ...(indent === null ? {} : { 'data-indent': String(indent) }), ...changedBy(node) };
	if (level !== null) return [`h${level + 1}`, shared, 0];
	if (list === null) return ['p', shared, 0];
	const state = checked ? { 'data-checked': '' } : {};
	// A list of one item each: the document is flat, and a list item needs a list around it to be heard as one.
	return ['div', { role: 'list', 'data-list': list, ...shared, ...state }, ['div', { role: 'listitem' }, 0]];
}

function lineShown(text: unknown): Record<string, string> {
	const form = readLineForm(text);
	if (form === null || form === 'own') return {};
	return { 'data-line': form === 'rule' ? form : form.level ? 'heading' : (form.list ?? 'plain') };
}

/** Whose suggestion it is: by colour, and for the list beside the text to find it. */
function suggestedBy({ by, id }: Record<string, unknown>): Record<string, string> {
	return {
		'data-suggestion': suggestionKey({ by: String(by), id: String(id) }),
		style: `--who: ${personColour(String(by))}`,
	};
}

/** Text looks as it is suggested to look. */
function fmtToDOM(attrs: Record<string, unknown>): DOMOutputSpec {
	const change = readMarkChange(attrs.was);
	const shared = { ...suggestedBy(attrs), class: 'fmt' };
	if (change?.to === undefined) return ['span', shared, 0];
	if (change.mark === 'link') return ['span', { ...shared, class: change.to ? 'fmt linked' : 'fmt unlinked' }, 0];
	return ['span', { ...shared, class: `fmt ${change.to ? '' : 'no-'}${change.mark}` }, 0];
}

/** A paragraph that is suggested to join the one before, to become what it shows, or to come; and what it is without that. */
export function changedBy({ attrs }: Node): Record<string, string> {
	const join = readAuthored(attrs.join);
	const ins = readAuthored(attrs.ins);
	const forms = shownChanges(attrs);
	const changes = [...(ins ? [ins] : []), ...forms];
	const own = attrs.level === null ? (attrs.checked ? 'done' : (attrs.list ?? 'p')) : `h${attrs.level + 1}`;
	const all = [...changes, ...(join ? [join] : [])].map((each) => suggestedBy(each));
	return {
		...all.at(-1),
		...(all.length > 1 ? { 'data-suggestion': all.map((each) => each['data-suggestion']).join(', ') } : {}),
		...(changes.length > 0 ? { 'data-changed': '' } : {}),
		...(forms.length > 0 ? { 'data-own': own, 'data-own-indent': String(attrs.indent ?? 0) } : {}),
		...(join ? { 'data-join': '' } : {}),
	};
}

/** What is not text and is suggested to come or to go. */
function heldBy(attrs: Record<string, unknown>): Record<string, string> {
	const ins = readAuthored(attrs.ins);
	const del = readAuthored(attrs.del);
	return {
		...(ins ? { ...suggestedBy(ins), 'data-inserted': '' } : {}),
		...(del ? { ...suggestedBy(del), 'data-struck': '' } : {}),
	};
}

function cellToDOM({ attrs }: Node): DOMOutputSpec {
	const spans = { colspan: attrs.colspan as number | null, rowspan: attrs.rowspan as number | null };
	return [attrs.header ? 'th' : 'td', spans, 0];
}
