/**
 * Carries out what was accepted and changes the structure: a break becomes a split, a join joins. It is idempotent on one
 * device and must be done by one device at a time: two that split the same paragraph at the same time write its tail
 * twice. Until it is done, reading and display treat an accepted break as the split it will be.
 */
import * as Y from 'yjs';
import { segmentsOf } from './body-segments.ts';
import { readAttributes, writeAttributes } from './body-attributes.ts';
import { eraseText } from './erase-text.ts';
import { factsAmong } from './facts-in-text.ts';
import { breakSign, lineAttributes, readAuthored, readJoin, readLineForm, type LineForm } from './suggestion.ts';

/** The origin of settling: it is nobody's own change, and not in anybody's undo. */
export const settleOrigin = Symbol('settle');

/** @returns whether there was anything to carry out */
export function settleBody(doc: Y.Doc, root: string): boolean {
	const body = doc.getXmlFragment(root);
	if (!isUnsettled(body)) return false;
	doc.transact(() => {
		for (const block of paragraphsOf(body)) for (const stray of straysIn(block)) stray();
		for (const block of paragraphsOf(body)) settleJoin(block);
		for (const block of paragraphsOf(body)) while (splitLast(block));
	}, settleOrigin);
	return true;
}

export function isUnsettled(body: Y.XmlFragment): boolean {
	return paragraphsOf(body).some((block) => canJoin(block) || breakIn(block) !== null || straysIn(block).length > 0);
}

function paragraphsOf(body: Y.XmlFragment): Y.XmlElement[] {
	return body.toArray().filter(isParagraph);
}

/** Not yet, where what stands between is itself suggested to go. */
function canJoin(block: Y.XmlElement): boolean {
	if (!readJoin(block.getAttribute('join'))?.accepted) return false;
	const before = previousOf(block);
	return isParagraph(before) || !(before instanceof Y.XmlElement && readAuthored(before.getAttribute('del')));
}

function isParagraph(node: unknown): node is Y.XmlElement {
	return node instanceof Y.XmlElement && node.nodeName === 'paragraph';
}

function previousOf(block: Y.XmlElement): unknown {
	const siblings: unknown[] = (block.parent as Y.XmlFragment).toArray();
	return siblings[siblings.indexOf(block) - 1] ?? null;
}

function settleJoin(block: Y.XmlElement): void {
	if (!canJoin(block)) return;
	const before = previousOf(block);
	// Somebody has put a table or a rule between: there is nothing to go together with any more.
	if (!isParagraph(before)) return block.removeAttribute('join');
	// Of an empty paragraph nothing is left, its kind neither.
	if (before.toArray().every((child) => child instanceof Y.XmlText && child.length === 0)) takeForm(before, block);
	append(before, block.toArray(), 0);
	const body = block.parent as Y.XmlFragment;
	body.delete(body.toArray().indexOf(block), 1);
}

function takeForm(to: Y.XmlElement, from: Y.XmlElement): void {
	const own = readAttributes(to);
	writeAttributes(to, own, { ...readAttributes(from), join: own.join });
}

/** Writes content behind a paragraph's end. @param skip how much of the first text is left out */
function append(target: Y.XmlElement, children: readonly unknown[], skip: number): void {
	children.forEach((child, index) => {
		if (child instanceof Y.XmlText) appendText(target, child, index === 0 ? skip : 0);
		else if (child instanceof Y.XmlElement) target.insert(target.length, [child.clone()]);
	});
}

function appendText(target: Y.XmlElement, text: Y.XmlText, skip: number): void {
	const last = target.toArray().at(-1);
	const into = last instanceof Y.XmlText ? last : new Y.XmlText();
	if (into !== last) target.insert(target.length, [into]);
	let at = into.length;
	const facts = factsAmong(text).filter((each) => each.at >= skip);
	const appendFacts = (before: number) => {
		for (; facts[0] && facts[0].at < before; facts.shift()) into.insertEmbed(at++, facts[0].fact.clone(), {});
	};
	for (const { at: from, content, marks } of segmentsOf(text)) {
		appendFacts(from);
		const rest = content.slice(Math.max(0, skip - from));
		into.insert(at, rest, Object.fromEntries(marks.map(({ key, attrs }) => [key, attrs])));
		at += rest.length;
	}
	appendFacts(Infinity);
}

/**
 * A break's mark can be left on other text, where one person wrote between two breaks that another took back. It says
 * nothing there, and is taken off.
 */
function straysIn(block: Y.XmlElement): (() => void)[] {
	const texts = block.toArray().filter((child) => child instanceof Y.XmlText);
	return texts.flatMap(segmentsOf).flatMap(({ text, at, content, marks, isBreak }) => {
		if (!isBreak || content.includes(breakSign)) return [];
		const keys = marks.filter(({ name }) => name === 'brk').map(({ key }) => [key, null]);
		return [() => text.format(at, content.length, Object.fromEntries(keys))];
	});
}

/** `form`: of the line behind it. */
type Place = { index: number; text: Y.XmlText; at: number; form: LineForm | null };

/** The last accepted break of a paragraph. */
function breakIn(block: Y.XmlElement): Place | null {
	const breaks = block.toArray().flatMap((text, index): Place[] => {
		if (!(text instanceof Y.XmlText)) return [];
		const accepted = segmentsOf(text).filter(
			({ isBreak, ins, content }) => isBreak && ins.length === 0 && content.includes(breakSign),
		);
		return accepted.map(({ at, content, marks }) => {
			const form = marks.map(({ attrs }) => readLineForm(attrs['form'])).find((each) => each !== null) ?? null;
			return { index, text, at: at + content.lastIndexOf(breakSign), form };
		});
	});
	const last = breaks.at(-1);
	return last ? { ...last, form: breaks.findLast(({ form }) => form !== null)?.form ?? null } : null;
}

function splitLast(block: Y.XmlElement): boolean {
	const place = breakIn(block);
	if (!place) return false;
	const { index, text, at, form } = place;
	const tail = block.toArray().slice(index);
	const atEnd = tail.length === 1 && at === text.length - 1;
	const next = new Y.XmlElement(form === 'rule' && atEnd ? 'rule' : 'paragraph');
	const body = block.parent as Y.XmlFragment;
	body.insert(body.toArray().indexOf(block) + 1, [next]);
	if (isParagraph(next)) {
		next.insert(0, [new Y.XmlText()]);
		writeAttributes(next, {}, lineAttributes(readAttributes(block), form, atEnd));
		append(next, tail, at + 1);
	}
	block.delete(index + 1, tail.length - 1);
	eraseText(text, at, text.length - at);
	return true;
}
