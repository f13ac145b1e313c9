/**
 * The open suggestions of a body as a list to review. Reading is total; it needs no editor. Whose a suggestion is, is a
 * claim of the document: of each part it is said under which Yjs clients it was written, which the server knows people of.
 */
import type { Fact } from '#lib/domain/facts/fact.ts';
import * as Y from 'yjs';
import { readFactNode } from './body.ts';
import { readAttributes } from './body-attributes.ts';
import { changePrefix } from './body-gate.ts';
import { factsAmong } from './facts-in-text.ts';
import { keptReading } from './kept-reading.ts';
import { blocksIn, segmentsOf, type AuthoredMark, type Segment } from './body-segments.ts';
import { stretchesOf, type Stretch } from './mark-writers.ts';
import {
	formKeys,
	formOf,
	readAuthored,
	readJoin,
	shownChanges,
	suggestionId,
	suggestionKey,
	type Authored,
	type BlockForm,
} from './suggestion.ts';

export type What =
	| { kind: 'ins' | 'del' | 'look'; text: string }
	| { kind: 'break' | 'join' | 'rule' | 'rule-gone'; place?: Place }
	| { kind: 'fact' | 'fact-gone'; fact: Fact }
	| { kind: 'form'; to: BlockForm };

/** The words before and behind what has none of its own; empty where there are none. */
export type Place = { before: string; after: string };

/** `clients`: under which it was written, in ascending order. See `mark-writers.ts` for one that is none. */
export type Part = What & { clients: number[] };

export type Suggestion = Authored & { root: string; parts: Part[] };

/** In the order of the text. */
export function readSuggestions(doc: Y.Doc, root: string): Suggestion[] {
	const found = new Map<string, Suggestion>();
	const add = ({ by, at, id }: Authored, part: Part) => {
		const key = suggestionKey({ by, id });
		const known = found.get(key) ?? { by, at, id: suggestionId(id), root, parts: [] };
		found.set(key, known);
		known.at = Math.min(known.at, at);
		addPart(known.parts, part);
	};
	let previous: Y.XmlElement | null = null;
	for (const block of blocksIn(doc.getXmlFragment(root))) {
		// What is kept of a block does not know the one before it.
		for (const [authored, part] of partsIn(block))
			add(authored, isBetween(part) ? { ...part, place: placeOf(previous, block) } : part);
		if (block.nodeName === 'paragraph') previous = block;
	}
	return [...found.values()];
}

function isBetween(part: Part): part is Part & { kind: 'join' | 'rule' | 'rule-gone' } {
	return part.kind === 'join' || part.kind === 'rule' || part.kind === 'rule-gone';
}

function placeOf(previous: Y.XmlElement | null, block: Y.XmlElement): Place {
	return { before: lastWords(previous ? segmentsIn(previous) : []), after: firstWords(segmentsIn(block)) };
}

function segmentsIn(block: Y.XmlElement): Segment[] {
	return block.toArray().flatMap((child) => (child instanceof Y.XmlText ? segmentsOf(child) : []));
}

/** So much of a text says where one is. Words. */
const fewWords = 3;

function lastWords(segments: readonly Segment[]): string {
	return wordsIn(segments).slice(-fewWords).join(' ');
}

function firstWords(segments: readonly Segment[]): string {
	return wordsIn(segments).slice(0, fewWords).join(' ');
}

/** Without what is struck. */
function wordsIn(segments: readonly Segment[]): string[] {
	const text = segments.map(({ content, del, isBreak }) => (isBreak ? ' ' : del.length > 0 ? '' : content)).join('');
	return text.split(/\s+/).filter(Boolean);
}

type Found = [authored: Authored, part: Part];
type Add = (authored: Authored, what: What, clients: Iterable<number>) => void;
/** `at`: where in its text it begins. */
type AddAt = (authored: Authored, what: What, clients: Iterable<number>, at: number) => void;

const partsIn = keptReading((block: Y.XmlElement): readonly Found[] => {
	const found: Found[] = [];
	readBlock(block, (authored, what, clients) => {
		found.push([authored, { ...what, clients: [...new Set(clients)].sort((a, b) => a - b) }]);
	});
	return found;
});

function readBlock(block: Y.XmlElement, add: Add): void {
	if (block.nodeName !== 'paragraph') return readRule(block, add);
	const join = readJoin(block.getAttribute('join'));
	if (join && !join.accepted) add(join, { kind: 'join' }, clientsOf(block, ['join']));
	const attrs = readAttributes(block);
	const ins = readAuthored(attrs['ins']);
	if (ins) add(ins, { kind: 'form', to: formOf(attrs) }, clientsOf(block, ['ins', ...formKeys]));
	for (const change of shownChanges(attrs))
		add(change, { kind: 'form', to: change.form }, clientsOf(block, [changePrefix + change.by]));
	for (const child of block.toArray()) {
		if (child instanceof Y.XmlText) readInline(child, add);
		else if (child instanceof Y.XmlElement) readFactIn(child, add);
	}
}

/** What says which fact it is. */
const factKeys = ['kind', 'of', 'form'];

function readFactIn(node: Y.XmlElement, add: Add): void {
	const fact = readFactNode(node);
	readNode(node, { kind: 'fact', fact }, { kind: 'fact-gone', fact }, add);
}

function readRule(node: Y.XmlElement, add: Add): void {
	readNode(node, { kind: 'rule' }, { kind: 'rule-gone' }, add);
}

function readNode(node: Y.XmlElement, comes: What, goes: What, add: Add): void {
	const ins = readAuthored(node.getAttribute('ins'));
	const del = readAuthored(node.getAttribute('del'));
	if (ins) add(ins, comes, clientsOf(node, ['ins', ...factKeys]));
	if (del) add(del, goes, clientsOf(node, ['del']));
}

/** Facts between the words, in their order. */
function readInline(text: Y.XmlText, add: Add): void {
	const facts = factsAmong(text);
	const addFacts = (before: number) => {
		for (; facts[0] && facts[0].at < before; facts.shift()) readFactIn(facts[0].fact, add);
	};
	readText(text, (authored, what, clients, at) => {
		addFacts(at);
		add(authored, what, clients);
	});
	addFacts(Infinity);
}

function readText(text: Y.XmlText, add: AddAt): void {
	const all = segmentsOf(text);
	const segments = all.filter(({ ins, del, fmt }) => ins.length + del.length + fmt.length > 0);
	if (segments.length === 0) return;
	for (const [segment, stretches] of besideEachOther(segments, stretchesOf(text))) {
		for (const { letters, marks, from, to } of stretches) {
			const content = segment.content.slice(from - segment.at, to - segment.at);
			const each = (authored: readonly AuthoredMark[], what: What, ...more: number[]) => {
				// What was brought back has a mark of its own beside that of its suggestion (`brought-back.ts`).
				for (const same of Map.groupBy(authored, ({ attrs }) => suggestionKey(attrs)).values()) {
					const clients = same.flatMap(({ key }) => [...(marks.get(key) ?? [])]);
					if (same[0]) add(same[0].attrs, what, [...clients, ...more], from);
				}
			};
			// Whose the letters are that are struck, or look different, is not what is suggested.
			each(segment.ins, segment.isBreak ? breakIn(all, segment) : { kind: 'ins', text: content }, letters);
			each(segment.del, { kind: 'del', text: content });
			// The look of what is only suggested is part of that suggestion.
			if (segment.ins.length === 0) each(segment.fmt, { kind: 'look', text: content });
		}
	}
}

function breakIn(all: readonly Segment[], segment: Segment): What {
	const at = all.indexOf(segment);
	return { kind: 'break', place: { before: lastWords(all.slice(0, at)), after: firstWords(all.slice(at + 1)) } };
}

/** Each segment with its stretches, cut to it. */
function besideEachOther(segments: readonly Segment[], stretches: readonly Stretch[]): [Segment, Stretch[]][] {
	let first = 0;
	return segments.map((segment) => {
		const { at, content } = segment;
		const end = at + content.length;
		while ((stretches[first]?.to ?? end) <= at) first++;
		const own: Stretch[] = [];
		for (let next = first, each = stretches[next]; each && each.from < end; each = stretches[++next])
			own.push({ ...each, from: Math.max(at, each.from), to: Math.min(end, each.to) });
		return [segment, own];
	});
}

/** Text that goes on under the same clients is one part. */
function addPart(parts: Part[], part: Part): void {
	const last = parts.at(-1);
	if (last && 'text' in last && 'text' in part && last.kind === part.kind && isSame(last.clients, part.clients))
		last.text += part.text;
	else parts.push({ ...part });
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
	return one.length === other.length && one.every((client, at) => client === other[at]);
}

/** Who set the attributes that are there. */
function clientsOf(element: Y.XmlElement, keys: readonly string[]): number[] {
	return keys.flatMap((key) => {
		const item = element._map.get(key);
		return item && !item.deleted ? [item.id.client] : [];
	});
}
