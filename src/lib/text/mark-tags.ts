/**
 * How each mark is written as a tag, and which mark a tag means. With `exact`, who and when stand in data attributes and
 * every mark comes back as it was; without, what is suggested is written as nobody's and comments are not.
 */
import { bodyMarks, bodyNodes } from '#lib/documents/body-gate.ts';
import {
	isText,
	markId,
	type Attributes,
	type RichChild,
	type RichMark,
	type RichNode,
} from '#lib/documents/rich-body.ts';
import { safeHref } from '#lib/domain/href.ts';
import { encodeText, openTag, type Tag } from './tags.ts';

/** Whoever imports a text: suggestions in it that name nobody are theirs. */
export type Importer = { by: string; at: number; newId: () => string };

/** Outermost first. */
export const markOrder = ['comment', 'del', 'ins', 'fmt', 'brk', 'link', 'strong', 'em'];

export type Tags = { open: string; close: string };

export type TagStyle = {
	exact: boolean;
	/** How a comment is written; null for not at all. */
	noted?: (branch: Marked) => Tags | null;
};

/** @returns null for a mark that is not written in this style */
export function tagOf(mark: RichMark, { exact }: TagStyle): { open: string; close: string } | null {
	switch (mark.type) {
		case 'strong':
		case 'em':
			return pair(mark.type);
		case 'link':
			return pair('a', { href: String(mark.attrs.href) });
		case 'ins':
		case 'del':
			return pair(mark.type, exact ? authored(mark.attrs) : {});
		case 'fmt':
			return pair('span', { 'data-fmt': String(mark.attrs.was), ...(exact ? authored(mark.attrs) : {}) });
		case 'brk':
			return pair('span', { 'data-brk': String(mark.attrs.form ?? '') });
		case 'comment':
			return exact ? pair('span', { 'data-comment': String(mark.attrs.id) }) : null;
	}
	return null;
}

function pair(name: string, attributes: Readonly<Record<string, string>> = {}) {
	return { open: openTag(name, attributes), close: `</${name}>` };
}

function authored({ by, at, id }: Attributes): Record<string, string> {
	return { 'data-by': String(by), 'data-at': String(at), 'data-id': String(id) };
}

/** A fact is its text; with `exact` it stays a fact. */
export function factTag(fact: RichNode): { open: string; text: string; close: string } {
	const { text = '', ...rest } = fact.attrs;
	return { open: openTag('span', { 'data-fact': JSON.stringify(rest) }), text: String(text), close: '</span>' };
}

function formed(form: string | undefined): Attributes {
	return form ? { form } : {};
}

/** @returns null for a tag that means no mark */
export function markOfTag({ name, attributes }: Tag, importer: Importer): RichMark | null {
	if (name === 'strong' || name === 'b') return { type: 'strong', attrs: {} };
	if (name === 'em' || name === 'i') return { type: 'em', attrs: {} };
	if (name === 'a') {
		const href = attributes.href ?? '';
		return safeHref(href) === null ? null : { type: 'link', attrs: { href } };
	}
	if (name === 'ins') return suggestion('ins', attributes, importer);
	if (name === 'del' || name === 's' || name === 'strike') return suggestion('del', attributes, importer);
	if (name !== 'span') return null;
	if ('data-brk' in attributes) return valid({ type: 'brk', attrs: formed(attributes['data-brk']) });
	if ('data-comment' in attributes) return valid({ type: 'comment', attrs: { id: attributes['data-comment'] } });
	if (!('data-fmt' in attributes)) return null;
	const { attrs } = suggestion('ins', attributes, importer);
	return valid({ type: 'fmt', attrs: { ...attrs, was: attributes['data-fmt'] } });
}

export function suggestion(
	type: 'ins' | 'del',
	attributes: Readonly<Record<string, string>>,
	{ by, at, newId }: Importer,
): RichMark {
	const time = Number(attributes['data-at'] ?? Number.NaN);
	const attrs = {
		by: (attributes['data-by'] ?? by).slice(0, 64),
		at: Number.isSafeInteger(time) && time >= 0 ? time : at,
		// A strike that names no suggestion of its own is meant, also where it stands on an insertion.
		id: (attributes['data-id'] ?? newId() + (type === 'del' ? '+' : '')).slice(0, 64),
	};
	return { type, attrs };
}

/** @returns null when the text does not say a fact that a body may hold */
export function factOfTag({ attributes }: Tag, text: string): RichNode | null {
	try {
		const given: unknown = JSON.parse(attributes['data-fact'] ?? '');
		if (typeof given !== 'object' || given === null) return null;
		const known = bodyNodes.fact ?? {};
		const all: Record<string, unknown> = { ...given, text };
		const attrs = Object.entries(known).flatMap(([key, check]) =>
			all[key] != null && check(all[key]) ? [[key, all[key]]] : [],
		);
		return { name: 'fact', attrs: Object.fromEntries(attrs), content: [] };
	} catch {
		return null;
	}
}

function valid(mark: RichMark): RichMark | null {
	const fits = Object.entries(bodyMarks[mark.type] ?? {}).every(([key, check]) => check(mark.attrs[key]));
	return fits ? mark : null;
}

/** A run of content under one mark, or a single child. */
export type Marked = { mark: RichMark; children: Branch[] };
export type Branch = Marked | { child: RichChild };

/** Content as nested marks, outermost first, so that neighbours share what they can. */
export function nest(content: readonly RichChild[]): Branch[] {
	return nestFrom(content.map((child) => ({ child, marks: isText(child) ? sorted(child.marks) : [] })));
}

type Nesting = { child: RichChild; marks: readonly RichMark[] };

function nestFrom(items: readonly Nesting[]): Branch[] {
	const out: Branch[] = [];
	for (let at = 0; at < items.length;) {
		const first = items[at] as Nesting;
		const mark = first.marks[0];
		if (!mark) {
			out.push({ child: first.child });
			at++;
			continue;
		}
		let end = at;
		while (end < items.length && hasMark(items[end] as Nesting, mark)) end++;
		const inner = items
			.slice(at, end)
			.map(({ child, marks }) => ({ child, marks: marks.filter((each) => markId(each) !== markId(mark)) }));
		out.push({ mark, children: nestFrom(inner) });
		at = end;
	}
	return out;
}

function hasMark({ marks }: Nesting, mark: RichMark): boolean {
	return marks.some((each) => markId(each) === markId(mark));
}

function sorted(marks: readonly RichMark[]): RichMark[] {
	return [...marks].sort((a, b) => markOrder.indexOf(a.type) - markOrder.indexOf(b.type));
}

/** Content as HTML on one line. */
export function contentToHtml(content: readonly RichChild[], style: TagStyle): string {
	return nest(content)
		.map((branch) => branchToHtml(branch, style))
		.join('');
}

function branchToHtml(branch: Branch, style: TagStyle): string {
	if ('mark' in branch) {
		const noted = branch.mark.type === 'comment' ? style.noted : undefined;
		const tag = noted ? noted(branch) : tagOf(branch.mark, style);
		const inner = branch.children.map((child) => branchToHtml(child, style)).join('');
		return tag ? tag.open + inner + tag.close : inner;
	}
	if (isText(branch.child)) return encodeText(branch.child.text);
	const { open, text, close } = factTag(branch.child);
	return style.exact ? open + encodeText(text) + close : encodeText(text);
}
