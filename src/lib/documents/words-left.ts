/**
 * What of a paragraph that goes is to be kept: the words that hold an unseen letter, whole, with their marks and as the
 * suggestion that they were.
 */
import * as Y from 'yjs';
import { bodyNodes } from './body-gate.ts';
import { isText, joined, orderedMarks, paragraph, readMarks } from './rich-body.ts';
import type { Attributes, RichChild, RichMark, RichNode } from './rich-body.ts';
import { formKeys, readAuthored } from './suggestion.ts';

export type IsUnseen = (id: Y.ID) => boolean;
/** One UTF-16 unit of a text, or a fact. */
type Unit = { child: RichChild; unseen: boolean };

const word = /[\p{L}\p{N}]+/gu;
const worthKeeping = /[^\s\p{P}]/u;

/** @returns null when there is nothing in it to keep */
export function wordsOf(holder: Y.XmlElement, transaction: Y.Transaction, isUnseen: IsUnseen): RichNode | null {
	const stood = (item: Y.Item) => stoodBefore(transaction, item);
	const units = itemsOf(holder).flatMap((item) => (item.deleted && stood(item) ? unitsOf(item, stood, isUnseen) : []));
	const content = pieces(wholeWords(units));
	const isWorth = content.some((child) => !isText(child) || worthKeeping.test(child.text));
	return isWorth ? paragraph(formOf(holder, stood, content), content) : null;
}

function stoodBefore({ beforeState, deleteSet }: Y.Transaction, { id, deleted }: Y.Item): boolean {
	return id.clock < (beforeState.get(id.client) ?? 0) && (!deleted || Y.isDeleted(deleteSet, id));
}

function unitsOf({ id, content }: Y.Item, stood: (item: Y.Item) => boolean, isUnseen: IsUnseen): Unit[] {
	if (!(content instanceof Y.ContentType)) return [];
	const { type } = content;
	if (type instanceof Y.XmlText) return lettersOf(type, stood, isUnseen);
	if (!(type instanceof Y.XmlElement) || type.nodeName !== 'fact') return [];
	return [{ child: { name: 'fact', attrs: attributesOf(type, stood), content: [] }, unseen: isUnseen(id) }];
}

function lettersOf(text: Y.XmlText, stood: (item: Y.Item) => boolean, isUnseen: IsUnseen): Unit[] {
	const present = new Map<string, unknown>();
	return itemsOf(text)
		.filter(stood)
		.flatMap((item) => {
			if (item.content instanceof Y.ContentFormat) {
				const { key, value } = item.content as Y.ContentFormat & { value: unknown };
				present.set(key, value);
			}
			if (item.content instanceof Y.ContentType) return unitsOf(item, stood, isUnseen);
			if (!(item.content instanceof Y.ContentString)) return [];
			const marks = readMarks(Object.fromEntries(present));
			const { str } = item.content;
			return idsOf(item).map((id, at) => ({ child: { text: str.charAt(at), marks }, unseen: isUnseen(id) }));
		});
}

/** A part of a word says nothing without the rest of it, which is suggested when the part is. */
function wholeWords(units: readonly Unit[]): Unit[] {
	const whole = [...units];
	const text = units.map(({ child }) => (isText(child) ? child.text : ' ')).join('');
	for (const { index, 0: letters } of text.matchAll(word)) {
		const own = units.slice(index, index + letters.length).find(({ unseen }) => unseen);
		if (!own) continue;
		const suggested = marksOf(own.child).filter(isInsertion);
		for (let at = index; at < index + letters.length; at++) {
			const { child } = units[at] as Unit & { child: { text: string } };
			whole[at] = { child: { text: child.text, marks: orderedMarks([...marksOf(child), ...suggested]) }, unseen: true };
		}
	}
	return whole;
}

/** What is unseen, with a sign where something stood between. */
function pieces(units: readonly Unit[]): RichChild[] {
	const content: RichChild[] = [];
	let between = '';
	for (const { child, unseen } of units) {
		const last = content.at(-1);
		if (!unseen) between += isText(child) ? child.text : '…';
		else {
			if (last && between !== '')
				content.push({ text: between.trim() === '' ? ' ' : ' … ', marks: marksOf(last).filter(isInsertion) });
			content.push(child);
			between = '';
		}
	}
	return trimmed(joined(content));
}

function trimmed(content: readonly RichChild[]): RichChild[] {
	const ends = content.map((child, at) => {
		if (!isText(child)) return child;
		const begun = at === 0 ? child.text.trimStart() : child.text;
		return { text: at === content.length - 1 ? begun.trimEnd() : begun, marks: child.marks };
	});
	return joined(ends);
}

/** Of what is all suggested the paragraph is, too. */
function formOf(holder: Y.XmlElement, stood: (item: Y.Item) => boolean, content: readonly RichChild[]): Attributes {
	const attrs = attributesOf(holder, stood);
	const form = Object.fromEntries(formKeys.flatMap((key) => (key in attrs ? [[key, attrs[key]]] : [])));
	const [insertion] = content.flatMap((child) => marksOf(child).filter(isInsertion));
	if (!insertion || !content.every((child) => marksOf(child).some(isInsertion))) return form;
	const { by, at, id } = insertion.attrs;
	return { ...form, ins: JSON.stringify({ by, at, id }) };
}

function attributesOf(element: Y.XmlElement, stood: (item: Y.Item) => boolean): Attributes {
	const known = bodyNodes[element.nodeName] ?? {};
	const values = [...element._map].flatMap(([key, item]): [string, unknown][] =>
		stood(item) ? [[key, item.content.getContent().at(-1)]] : [],
	);
	return Object.fromEntries(values.filter(([key, value]) => Object.hasOwn(known, key) && known[key]?.(value)));
}

function marksOf(child: RichChild): readonly RichMark[] {
	if (isText(child)) return child.marks;
	const suggested = readAuthored(child.attrs.ins);
	return suggested ? [{ type: 'ins', attrs: suggested }] : [];
}

function isInsertion({ type }: RichMark): boolean {
	return type === 'ins';
}

export function idsOf({ id, length }: Y.Item): Y.ID[] {
	return Array.from({ length }, (_, at) => Y.createID(id.client, id.clock + at));
}

export function itemsOf({ _start }: Y.XmlFragment | Y.XmlText): Y.Item[] {
	const items: Y.Item[] = [];
	for (let item = _start; item; item = item.right) items.push(item);
	return items;
}
