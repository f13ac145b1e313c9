/**
 * Headings, list items and rules that come as suggestions among several blocks: as text in one paragraph they would lose
 * what they are. Between blocks they come as blocks of their own, which go when they are rejected; amid a paragraph as lines
 * of it, whose breaks say what they are to be.
 */
import { formOf, readAuthored, suggestionKey, type Authored } from '#lib/documents/suggestion.ts';
import type { Fragment, Node, ResolvedPos, Slice } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import { attributesOf, isParagraph, schema } from '../schema.ts';
import { toInserted, type Break } from './inserted.ts';
import { behindStrike, carriedBetween, strikesOf } from './marks.ts';

export function hasForms({ content }: Slice): boolean {
	return (
		content.childCount > 1 &&
		content.content.some((node) => isRule(node) || (isParagraph(node) && node.content.size > 0 && isFormed(node)))
	);
}

/** @returns where the insertion begins and where a caret stands behind it, or null when it cannot be suggested */
export function insertForms(
	tr: Transaction,
	place: number,
	{ content }: Slice,
	authored: Authored,
): { from: number; to: number } | null {
	if (!content.content.every((node) => isParagraph(node) || isRule(node))) return null;
	const $place = tr.doc.resolve(place);
	const at = $place.parent.inlineContent ? between(tr, $place, authored) : place;
	if (at === null) return insertLines(tr, behindStrike($place, authored), content, authored);
	const ins = JSON.stringify(authored);
	const nodes = content.content.map((node) =>
		isParagraph(node)
			? schema.nodes.paragraph.create(
					{ ...attributesOf(node), join: null, chg: null, ins },
					node.children.map((piece) => toInserted(piece, [], [], authored)),
				)
			: node.type.create({ ...node.attrs, ins, del: null }),
	);
	tr.insert(at, nodes);
	const end = at + content.size;
	return { from: at, to: nodes.at(-1)?.isTextblock ? end - 1 : end };
}

/** The place between blocks where a place in a paragraph is; null amid one, where there is none. */
function between(tr: Transaction, $place: ResolvedPos, authored: Authored): number | null {
	const paragraph = $place.parent;
	if (isStruckWith(paragraph, 0, $place.parentOffset, authored)) {
		const otherwise = paragraph.content.size === 0 ? $place.after() : $place.before();
		return beforeStruck(tr, $place.before(), authored) ?? otherwise;
	}
	return behindStrike($place, authored) < $place.end() ? null : $place.after();
}

/**
 * Amid a paragraph nothing is divided while one suggests, and what stands behind the place stays there, with whatever others
 * make of it: lines with a break before each, which says what the line is to be, and one behind the last.
 */
function insertLines(
	tr: Transaction,
	from: number,
	content: Fragment,
	authored: Authored,
): { from: number; to: number } {
	const $from = tr.doc.resolve(from);
	const [carried, there] = [carriedBetween($from), $from.marks()];
	const pieces = content.content.flatMap((node): (Node | Break)[] => [
		{ line: isParagraph(node) ? formOf(node.attrs) : 'rule' },
		...node.children,
	]);
	const nodes = [...pieces, { line: 'own' } as const].map((piece) => toInserted(piece, carried, there, authored));
	tr.insert(from, nodes);
	const end = from + nodes.reduce((sum, { nodeSize }) => sum + nodeSize, 0);
	return { from, to: content.lastChild?.isTextblock ? end - 1 : end };
}

/**
 * What is struck reaches back over the beginning of a paragraph: what is inserted divides what was to be joined. Paragraphs
 * that are struck whole stay joined to what follows, so that no empty one is left.
 * @returns null when nothing is to be joined here
 */
function beforeStruck(tr: Transaction, at: number, authored: Authored): number | null {
	if (!isOwn(tr.doc.nodeAt(at)?.attrs['join'], authored)) return null;
	const before = tr.doc.resolve(at).nodeBefore;
	if (before && isParagraph(before) && isStruckWith(before, 0, before.content.size, authored)) {
		return beforeStruck(tr, at - before.nodeSize, authored) ?? at - before.nodeSize;
	}
	tr.setNodeAttribute(at, 'join', null);
	return at;
}

/** Whether nothing in a range of a paragraph stays when this suggestion is accepted. */
function isStruckWith(paragraph: Node, from: number, to: number, authored: Authored): boolean {
	let all = true;
	paragraph.nodesBetween(from, to, (node) => {
		const strikes = node.isText ? strikesOf(node).map(({ attrs }) => attrs) : [readAuthored(node.attrs['del'])];
		all &&= strikes.some((each) => each !== null && suggestionKey(each as Authored) === suggestionKey(authored));
	});
	return all;
}

export function isFormed(paragraph: Node): boolean {
	const { list, level } = attributesOf(paragraph);
	return list !== null || level !== null;
}

function isRule({ type }: Node): boolean {
	return type === schema.nodes.rule;
}

function isOwn(join: unknown, authored: Authored): boolean {
	const own = readAuthored(join);
	return own !== null && suggestionKey(own) === suggestionKey(authored);
}
