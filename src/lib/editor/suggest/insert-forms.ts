/**
 * Headings, list items and rules that come as suggestions among several blocks: as text in one paragraph they would lose
 * what they are. They come as blocks of their own, which go when they are rejected, between what stood before them and
 * what stood behind.
 */
import { readAuthored, strikingInsertions, suggestionKey, type Authored } from '#lib/documents/suggestion.ts';
import type { Node, ResolvedPos, Slice } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import { attributesOf, isParagraph, schema, type ParagraphAttributes } from '../schema.ts';
import { toInserted, withOwn } from './inserted.ts';
import { strikesOf } from './marks.ts';
import { strike } from './strike.ts';

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
	const nodes = content.content.map((node) =>
		isParagraph(node)
			? paragraphOf(
					attributesOf(node),
					node.children.map((piece) => toInserted(piece, [], [], authored)),
					authored,
				)
			: node.type.create({ ...node.attrs, ins: JSON.stringify(authored), del: null }),
	);
	const $place = tr.doc.resolve(place);
	const { at, moved } = $place.parent.inlineContent ? between(tr, $place, authored) : { at: place, moved: [] };
	tr.insert(at, [...nodes, ...moved]);
	const end = at + nodes.reduce((sum, { nodeSize }) => sum + nodeSize, 0);
	return { from: at, to: nodes.at(-1)?.isTextblock ? end - 1 : end };
}

/**
 * The place between blocks where a place in a paragraph is. Amid a paragraph there is none: nothing is divided while one
 * suggests, so what stands behind the place is struck there and comes again, `moved`, behind what is inserted.
 */
function between(tr: Transaction, $place: ResolvedPos, authored: Authored): { at: number; moved: Node[] } {
	const paragraph = $place.parent;
	if (isStruckWith(paragraph, 0, $place.parentOffset, authored)) {
		const otherwise = paragraph.content.size === 0 ? $place.after() : $place.before();
		return { at: beforeStruck(tr, $place.before(), authored) ?? otherwise, moved: [] };
	}
	const rest = movedPieces($place, authored);
	const struck = tr.steps.length;
	if (rest.length > 0) strike(tr, $place.pos, $place.end(), authored, true);
	const at = tr.mapping.slice(struck).map($place.after());
	return { at, moved: rest.length > 0 ? [paragraphOf(attributesOf(paragraph), rest, authored)] : [] };
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

/**
 * What stands behind a place, as it comes again: with the suggestions of others, which are decided there as well, and the
 * comments. What is struck and cannot be struck once more stays where it is.
 */
function movedPieces($place: ResolvedPos, authored: Authored): Node[] {
	const { del } = schema.marks;
	return $place.parent.slice($place.parentOffset).content.content.flatMap((node) => {
		if (!node.isText) return node.attrs['del'] === null ? toInserted(node, [], [], authored) : [];
		const strikes = strikesOf(node);
		if (strikes.some(({ attrs }) => attrs.by === authored.by)) return [];
		const others = strikes.map(({ attrs }) => del.create({ ...attrs, id: strikingInsertions(String(attrs.id)) }));
		return node.mark(withOwn([...node.marks.filter(({ type }) => type !== del), ...others], [], authored));
	});
}

function paragraphOf(form: ParagraphAttributes, content: readonly Node[], authored: Authored): Node {
	return schema.nodes.paragraph.create({ ...form, join: null, chg: null, ins: JSON.stringify(authored) }, content);
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
