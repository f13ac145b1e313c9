/**
 * Accepting and rejecting. Both only delete text or marks, or set attributes, never add text: so two people may decide the
 * same at the same time, or opposite things, and all devices end with the same text. What must add or move text, a break
 * or a join that was accepted, is only noted here and carried out by `settle.ts`, on one device.
 */
import * as Y from 'yjs';
import { blocksIn, segmentsOf, type AuthoredMark, type Segment } from './body-segments.ts';
import { readAttributes, writeAttributes } from './body-attributes.ts';
import { eraseText } from './erase-text.ts';
import { factsAmong, removeElement } from './facts-in-text.ts';
import {
	readAuthored,
	readChanges,
	readJoin,
	readMarkChange,
	reviewOrigin,
	writeChanges,
	type Authored,
} from './suggestion.ts';

export type Verdict = 'accept' | 'reject';

/** Words that were decided to stay. `looks`: of the marks those that are no suggestion and no comment. */
export type KeptPiece = {
	text: Y.XmlText;
	first: Y.RelativePosition;
	last: Y.RelativePosition;
	words: string;
	looks: Record<string, unknown>;
};
/** What was decided here, see `kept-here.ts`. */
export const keptHere = new WeakMap<Y.Doc, KeptPiece[]>();
type Chosen = (of: Authored) => boolean;
/** Decides all suggestions of a body that `chosen` names, in one transaction. */
export function decide(doc: Y.Doc, root: string, verdict: Verdict, chosen: Chosen): void {
	const body = doc.getXmlFragment(root);
	doc.transact(() => {
		// What goes takes its inner blocks along: from the last to the first, none is met after it went.
		for (const block of blocksIn(body).reverse()) decideBlock(block, verdict, chosen);
	}, reviewOrigin);
}

function decideBlock(block: Y.XmlElement, verdict: Verdict, chosen: Chosen): void {
	if (block.nodeName !== 'paragraph') return decideNode(block, verdict, chosen);
	for (const child of block.toArray().reverse()) {
		if (child instanceof Y.XmlText) {
			for (const { fact } of factsAmong(child)) decideNode(fact, verdict, chosen);
			decideText(child, verdict, chosen);
		} else if (child instanceof Y.XmlElement) decideNode(child, verdict, chosen);
	}
	decideJoin(block, verdict, chosen);
	decideChanges(block, verdict, chosen);
	decideNode(block, verdict, chosen);
}

/** What is not text: a rule, a fact, a table or its row; or a paragraph, which stays while somebody's text is in it. */
function decideNode(node: Y.XmlElement, verdict: Verdict, chosen: Chosen): void {
	for (const [name, removes] of [
		['ins', 'reject'],
		['del', 'accept'],
	] as const) {
		const authored = readAuthored(node.getAttribute(name));
		if (!authored || !chosen(authored)) continue;
		if (verdict === removes && (node.nodeName !== 'paragraph' || isEmpty(node))) return removeElement(node);
		node.removeAttribute(name);
	}
}

function decideText(text: Y.XmlText, verdict: Verdict, chosen: Chosen): void {
	for (const segment of segmentsOf(text).reverse()) {
		const picked = (marks: readonly AuthoredMark[]) => marks.filter(({ attrs }) => chosen(attrs));
		const goes = verdict === 'accept' ? picked(segment.del) : picked(segment.ins);
		if (goes.length > 0) eraseText(text, segment.at, segment.content.length);
		else {
			const change = verdict === 'accept' ? accepted(segment, picked) : rejected(segment, picked);
			if (Object.keys(change).length === 0) continue;
			text.format(segment.at, segment.content.length, change);
			if (picked(verdict === 'accept' ? segment.ins : segment.del).length > 0 && !segment.isBreak) noteKept(segment);
		}
	}
}

function noteKept({ text, at, content: words, marks }: Segment): void {
	if (!text.doc) return;
	const [first, last] = [at, at + words.length - 1].map((place) => Y.createRelativePositionFromTypeIndex(text, place));
	const looks = marks.filter(({ name }) => ['strong', 'em', 'link'].includes(name));
	const piece = { text, first, last, words, looks: Object.fromEntries(looks.map(({ key, attrs }) => [key, attrs])) };
	keptHere.set(text.doc, [...(keptHere.get(text.doc) ?? []), piece as KeptPiece]);
}

type Picked = (marks: readonly AuthoredMark[]) => AuthoredMark[];
type MarksChange = Record<string, unknown>;

function accepted({ ins, void: voids, fmt }: Segment, picked: Picked): MarksChange {
	const gone = picked(ins);
	// Text that is no insertion any more must not be struck by a mark that never meant it.
	const voided = gone.length === ins.length && gone.length > 0 ? voids : picked(voids);
	return { ...without([...gone, ...voided, ...picked(fmt)]), ...withNewMarks(picked(fmt)) };
}

function rejected({ del, void: voids, fmt }: Segment, picked: Picked): MarksChange {
	return { ...without([...picked(del), ...picked(voids)]), ...without(picked(fmt)), ...withFormerMarks(picked(fmt)) };
}

function without(marks: readonly AuthoredMark[]): MarksChange {
	return Object.fromEntries(marks.map(({ key }) => [key, null]));
}

/** The later of two changes of the same mark holds. */
function withNewMarks(changes: readonly AuthoredMark[]): MarksChange {
	const inTime = changes.toSorted((a, b) => a.attrs.at - b.attrs.at || (a.key < b.key ? -1 : 1));
	return Object.fromEntries(
		inTime.flatMap(({ attrs }) => {
			const change = readMarkChange(attrs['was']);
			return change?.to === undefined ? [] : [[change.mark, change.to]];
		}),
	);
}

/** Only what a file brought has changed the text's own marks. */
function withFormerMarks(changes: readonly AuthoredMark[]): MarksChange {
	return Object.fromEntries(
		changes.flatMap(({ attrs }) => {
			const change = readMarkChange(attrs['was']);
			return change && change.to === undefined ? [[change.mark, change.attrs]] : [];
		}),
	);
}

function decideJoin(block: Y.XmlElement, verdict: Verdict, chosen: Chosen): void {
	const join = readJoin(block.getAttribute('join'));
	if (!join || join.accepted || !chosen(join)) return;
	if (verdict === 'reject') block.removeAttribute('join');
	else block.setAttribute('join', JSON.stringify({ ...join, accepted: true }));
}

/** The block itself is changed by accepting alone. */
function decideChanges(block: Y.XmlElement, verdict: Verdict, chosen: Chosen): void {
	const attrs = readAttributes(block);
	const changes = readChanges(attrs['chg']);
	const taken = verdict === 'accept' ? changes.filter(chosen).map(({ to }) => to) : [];
	const chg = writeChanges(changes.filter((each) => !chosen(each)));
	writeAttributes(block, attrs, Object.assign({}, attrs, ...taken, { chg }) as typeof attrs);
}

function isEmpty(block: Y.XmlElement): boolean {
	return block.toArray().every((child) => child instanceof Y.XmlText && child.length === 0);
}
