/**
 * What an issue says, reduced to a hash: an approval is for exactly the content that has this hash. What goes out is the
 * words alone, and has the hash of these. The same code runs on the device of whoever reads and on the server, over their
 * own copies of the documents, so equal hashes mean that both have read the same.
 *
 * Counts: the title, date and language; which articles there are, their order and titles; of their text every
 * block with its kind and attributes, every character with bold, italics and address; open suggestions, with whose they
 * are; of a fact what it refers to, the words in which it is shown now, and for an approval that its source was cancelled,
 * rejected or deleted, is not decided, or is not public.
 * Does not count: comments, ids, removed articles, and paragraphs in which nothing stands, which nobody sees.
 */
import type { BulletinFacts } from '#lib/domain/bulletin.ts';
import { digest } from 'lib0/hash/sha256';
import { caveatsOf, readFact, type Caveat, type Fact, type FactSources } from '#lib/domain/facts/fact.ts';
import * as Y from 'yjs';
import { bodyRoot } from './body.ts';
import { changePrefix, commentIn, findUnknown, markName } from './body-gate.ts';
import { readBulletin } from './bulletin.ts';
import { factsAmong } from './facts-in-text.ts';
import { readSuggestions } from './read-suggestions.ts';
import { isAuthored, readAuthored, readChange, readJoin, suggestionKey } from './suggestion.ts';

/** The words in which a fact is shown now, alone where it holds: so an issue whose facts hold keeps the hash it had. */
export type ResolveFact = (fact: Fact) => string | [text: string, ...Caveat[]];

/** Without anything to look in: the words in which each was last shown. */
export const asLastShown: ResolveFact = ({ text }) => text;

export function asShownFrom(sources: FactSources): ResolveFact {
	return (fact) => {
		const reading = readFact(fact, sources);
		const caveats = caveatsOf(reading);
		return caveats.length === 0 ? reading.text : [reading.text, ...caveats];
	};
}

/** As it goes out: the words, whatever becomes of what they are from. */
export function asWordsFrom(sources: FactSources): ResolveFact {
	return (fact) => readFact(fact, sources).text;
}

/** Small enough to be kept with every approval: says later what has changed since. */
export type ContentOutline = BulletinFacts & { articles: ArticleOutline[] };
export type ArticleOutline = { id: string; title: string; digest: string };

export function readOutline(doc: Y.Doc, facts: BulletinFacts, resolve: ResolveFact = asLastShown): ContentOutline {
	const { title, date, language } = facts;
	const articles = readBulletin(doc).articles.map((article) => ({
		id: article.id,
		title: article.title,
		digest: hash(canonicalBody(doc, article.id, resolve)),
	}));
	return { title, date, language, articles };
}

/** 64 hexadecimal digits. */
export function hashOfContent({ title, date, language, articles }: ContentOutline): string {
	return hash(['bulletin', 1, title, date, language, articles.map((article) => [article.title, article.digest])]);
}

/** Whether an article holds something that only a newer app knows: nobody here can say that they have read it. */
export function holdsUnknown(doc: Y.Doc): boolean {
	return readBulletin(doc).articles.some(({ id }) => {
		const body = fragmentOf(doc, id);
		return body === null || findUnknown(body) !== null;
	});
}

/** How many suggestions of each kind the articles hold. Only without any can an issue be approved. */
export type SuggestionCounts = {
	/** What the list of suggestions has. */
	open: number;
	/** Accepted, and still to be carried out. */
	accepted: number;
	/** Stands in the text, and cannot be read: it is in no list. */
	unread: number;
};

export function countSuggestions(doc: Y.Doc): SuggestionCounts {
	const open = new Set<string>();
	const left: Record<Left['why'], Set<string>> = { accepted: new Set(), unread: new Set() };
	for (const { id } of readBulletin(doc).articles) {
		const body = fragmentOf(doc, id);
		if (!body) continue;
		for (const each of readSuggestions(doc, bodyRoot(id))) open.add(suggestionKey(each));
		walk(body, (node) => unlistedIn(node).forEach(({ why, text }) => left[why].add(text)));
	}
	return { open: open.size, accepted: left.accepted.size, unread: left.unread.size };
}

export function hasSuggestions({ open, accepted, unread }: SuggestionCounts): boolean {
	return open + accepted + unread > 0;
}

type Json = string | number | boolean | null | Json[];
/** A stretch of text under the same marks, or a fact. */
type Run = { text: string; marks: Json } | { fact: Json };

function hash(value: Json): string {
	const bytes = digest(new TextEncoder().encode(JSON.stringify(value)));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function canonicalBody(doc: Y.Doc, articleId: string, resolve: ResolveFact): Json {
	const body = fragmentOf(doc, articleId);
	return body ? body.toArray().flatMap((node) => canonicalBlock(node, resolve)) : null;
}

function canonicalBlock(node: unknown, resolve: ResolveFact): Json[] {
	if (node instanceof Y.XmlText) return [['text', runsOf([node], resolve)]];
	if (!(node instanceof Y.XmlElement)) return [];
	const attributes = entriesOf(node.getAttributes());
	if (node.nodeName !== 'paragraph') {
		return [[node.nodeName, attributes, node.toArray().flatMap((child) => canonicalBlock(child, resolve))]];
	}
	const runs = runsOf(node.toArray(), resolve);
	return runs.length === 0 && attributes.length === 0 ? [] : [['paragraph', attributes, runs]];
}

function runsOf(nodes: readonly unknown[], resolve: ResolveFact): Json[] {
	const runs: Run[] = [];
	for (const node of nodes) {
		if (node instanceof Y.XmlElement) runs.push({ fact: canonicalInline(node, resolve) });
		if (node instanceof Y.XmlText) for (const run of textRuns(node, resolve)) append(runs, run);
	}
	return runs.map((run) => ('fact' in run ? run.fact : [run.text, run.marks]));
}

/** Texts that differ in comments only are one. */
function append(runs: Run[], run: Run): void {
	const last = runs.at(-1);
	if (last && 'text' in last && 'text' in run && JSON.stringify(last.marks) === JSON.stringify(run.marks))
		last.text += run.text;
	else runs.push(run);
}

function textRuns(text: Y.XmlText, resolve: ResolveFact): Run[] {
	const parts: { insert?: unknown; attributes?: Record<string, unknown> }[] = text.toDelta();
	return parts.map(({ insert, attributes = {} }) =>
		insert instanceof Y.XmlElement
			? { fact: canonicalInline(insert, resolve) }
			: {
					text: typeof insert === 'string' ? insert : '\ufffc',
					marks: Object.entries(attributes)
						.map(([key, value]): [string, Json] => [markName(key), plain(value)])
						.filter(([name]) => name !== 'comment')
						.map((mark) => [JSON.stringify(mark), mark] as const)
						.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
						.map(([, mark]) => mark),
				},
	);
}

function canonicalInline(node: Y.XmlElement, resolve: ResolveFact): Json {
	const given = node.getAttributes() as Record<string, unknown>;
	if (node.nodeName !== 'fact') return [node.nodeName, entriesOf(given), runsOf(node.toArray(), resolve)];
	const { text: _text, was: _was, ...rest } = given;
	const uncommented = Object.entries(rest).filter(([key]) => commentIn(key) === null);
	return ['fact', entriesOf(Object.fromEntries(uncommented)), resolve(factOf(given))];
}

function factOf(given: Readonly<Record<string, unknown>>): Fact {
	const [kind = '', of = '', form = '', text = '', was = ''] = ['kind', 'of', 'form', 'text', 'was'].map((name) =>
		typeof given[name] === 'string' ? given[name] : '',
	);
	return { kind, of, form, text, was };
}

/** By name, so that the order in which they were set does not count. */
function entriesOf(values: Readonly<Record<string, unknown>>): Json[] {
	return Object.entries(values)
		.filter(([, value]) => value !== null && value !== undefined)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([key, value]) => [key, plain(value)]);
}

function plain(value: unknown): Json {
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
	if (Array.isArray(value)) return value.map(plain);
	return typeof value === 'object' && value !== null ? entriesOf({ ...value }) : null;
}

function fragmentOf(doc: Y.Doc, articleId: string): Y.XmlFragment | null {
	// A root that another client uses as something else cannot be read as a fragment: asking for it would throw.
	try {
		return doc.getXmlFragment(bodyRoot(articleId));
	} catch {
		return null;
	}
}

function walk(node: Y.XmlFragment, look: (node: Y.XmlElement | Y.XmlText) => void): void {
	for (const child of node.toArray()) {
		if (child instanceof Y.XmlText) {
			look(child);
			for (const { fact } of factsAmong(child)) look(fact);
		} else if (child instanceof Y.XmlElement) {
			look(child);
			walk(child, look);
		}
	}
}

const suggestingMarks = new Set(['ins', 'del', 'fmt']);

/** What of a suggestion is no entry of the list, as it is stored. */
type Left = { why: 'accepted' | 'unread'; text: string };

function unlistedIn(node: Y.XmlElement | Y.XmlText): Left[] {
	return node instanceof Y.XmlElement ? unlistedAttributes(node) : unlistedMarks(node);
}

function unlistedAttributes(node: Y.XmlElement): Left[] {
	const given = node.getAttributes() as Record<string, unknown>;
	const left = (key: string, why: Left['why'], is: (text: string) => boolean): Left[] => {
		const text = given[key];
		return typeof text === 'string' && is(text) ? [{ why, text }] : [];
	};
	return [
		...left('join', 'accepted', (text) => readJoin(text)?.accepted === true),
		...['join', 'ins', 'del'].flatMap((key) => left(key, 'unread', (text) => readAuthored(text) === null)),
		...Object.keys(given)
			.filter((key) => key.startsWith(changePrefix))
			.flatMap((key) => left(key, 'unread', (text) => readChange(key, text).length === 0)),
	];
}

function unlistedMarks(text: Y.XmlText): Left[] {
	const parts: { insert?: unknown; attributes?: Record<string, unknown> }[] = text.toDelta();
	return parts.flatMap(({ insert, attributes = {} }) => {
		// Marks that go on over a fact say nothing of it.
		if (typeof insert !== 'string') return [];
		const marks = Object.entries(attributes).map(([key, value]) => ({ name: markName(key), value }));
		const suggesting = marks.filter(({ name }) => suggestingMarks.has(name));
		// A break without an insertion is one that somebody accepted and nobody has carried out yet.
		const breaks = marks.filter(({ name }) => name === 'brk' && suggesting.length === 0);
		const unread = suggesting.filter(({ value }) => !isAuthored(value));
		const left = (why: Left['why'], of: typeof marks) => of.map(({ value }) => ({ why, text: JSON.stringify(value) }));
		return [...left('accepted', breaks), ...left('unread', unread)];
	});
}
