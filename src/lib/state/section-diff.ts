/**
 * How two states of a document differ, part by part, as a page shows it. What is compared is the text that was agreed upon
 * then and now; suggestions that are open now stand in it as that, and those that were only open before are nothing that
 * anybody took out.
 */
import {
	alikeParagraphs,
	pairBlocks,
	sameBlock,
	shareMostWords,
	tokenKey,
	tokens,
	type BlockPair,
} from '#lib/documents/body-diff.ts';
import { joined, textOf, type RichChild, type RichNode } from '#lib/documents/rich-body.ts';
import type { BlockForm } from '#lib/documents/suggestion.ts';
import { diffSequences } from '#lib/documents/sequence-diff.ts';
import {
	agreed,
	suggestedForm,
	suggestedOf,
	suggestionsIn,
	tableContent,
	unsaid,
	unsaidBlock,
} from '#lib/text/agreed.ts';
import type { Section } from './document-sections.ts';
import { joinReplacements } from './joined-replacements.ts';

/** `may-…`: suggested, and open. */
export type What = 'same' | 'ins' | 'del' | 'may-ins' | 'may-del';
export type DiffPart = { what: What; child: RichChild };

export type DiffBlock = { kind: 'unchanged'; count: number } | TextBlock;

/** `form`: what it is suggested to become. */
type TextBlock = { kind: 'text'; node: RichNode; parts: DiffPart[]; form: BlockForm | null };

export type SectionDiff = {
	id: string;
	title: string;
	what: 'new' | 'gone' | 'changed';
	blocks: DiffBlock[];
	/** Suggestions that are open in it now. */
	open: number;
};

/** The parts that differ, in the order of now; those that are gone stand behind. */
export function diffSections(before: readonly Section[], after: readonly Section[]): SectionDiff[] {
	const old = new Map(before.map((section) => [section.id, section]));
	const present = new Set(after.map(({ id }) => id));
	const now = after.flatMap((section): SectionDiff[] => {
		const was = old.get(section.id);
		const blocks = diffBlocks(was?.blocks ?? [], section.blocks);
		const suggestions = suggestionsIn(section.blocks);
		const known = suggestionsIn(was?.blocks ?? []);
		const hasNew = [...suggestions].some((each) => !known.has(each));
		if (was && !hasNew && blocks.every(({ kind }) => kind === 'unchanged')) return [];
		const { id, title } = section;
		return [{ id, title, what: was ? 'changed' : 'new', blocks, open: suggestions.size }];
	});
	const gone = before
		.filter(({ id }) => !present.has(id))
		.map(({ id, title, blocks }): SectionDiff => ({
			id,
			title,
			what: 'gone',
			blocks: diffBlocks(blocks, []),
			open: 0,
		}));
	return [...now, ...gone];
}

function diffBlocks(before: readonly RichNode[], after: readonly RichNode[]): DiffBlock[] {
	const out: DiffBlock[] = [];
	for (const pair of pairsOf(asAgreed(before), asAgreed(after))) {
		const changes = changed(pair.before, pair.after);
		const last = out.at(-1);
		if (changes) out.push(...changes);
		else if (isTitle(pair.after)) continue;
		else if (last?.kind === 'unchanged') last.count++;
		else out.push({ kind: 'unchanged', count: 1 });
	}
	return out;
}

/** An article's own; unchanged it stands above the changes, and is no paragraph. */
function isTitle(block: RichNode | null): boolean {
	return block?.attrs['level'] === 1;
}

/** What an agreed table is of, which knows what is suggested in it. */
const written = new WeakMap<RichNode, RichNode>();

function asAgreed(blocks: readonly RichNode[]): RichNode[] {
	const all = agreed(blocks);
	const tables = blocks.filter(isTable);
	for (const [at, table] of all.filter(isTable).entries()) written.set(table, tables[at] as RichNode);
	return all;
}

function isTable({ name }: RichNode): boolean {
	return name === 'table';
}

/** Whether a table or a rule is only suggested does not tell it from the same one. */
function pairsOf(before: readonly RichNode[], after: readonly RichNode[]): BlockPair[] {
	const meant = new Map<RichNode, RichNode>();
	const plain = (block: RichNode) => {
		const same = suggestedOf(block) === null ? block : unsaidBlock(block);
		meant.set(same, block);
		return same;
	};
	const given = (block: RichNode | null) => block && (meant.get(block) ?? block);
	return pairBlocks(before.map(plain), after.map(plain), alike).map((pair) => ({
		before: given(pair.before),
		after: given(pair.after),
	}));
}

function alike(a: RichNode, b: RichNode): boolean {
	if (!isTable(a) || !isTable(b)) return alikeParagraphs(a, b);
	const words = (table: RichNode) => contentOf(table).map(textOf).join('');
	return shareMostWords(words(a), words(b));
}

/** @returns null where nothing of it is news */
function changed(before: RichNode | null, after: RichNode | null): DiffBlock[] | null {
	if (before?.name === 'paragraph' && after?.name === 'paragraph') {
		const form = suggestedForm(after);
		const hasNewForm = form !== null && JSON.stringify(form) !== JSON.stringify(suggestedForm(before));
		if (sameBlock(before, after) && !hasNewForm) return null;
		const { parts, news } = diffText(before.content, after.content);
		const sameForm = JSON.stringify(before.attrs) === JSON.stringify(after.attrs);
		return news || !sameForm || hasNewForm ? [{ kind: 'text', node: after, parts, form }] : null;
	}
	if (before && after && sameBlock(unsaidBlock(before), unsaidBlock(after))) {
		// A table or a rule that somebody suggests to be there, or not, or that was decided about; or a part of it is.
		const { parts, news } = diffText(contentOf(before), contentOf(after));
		return news ? [{ kind: 'text', node: after, parts, form: null }] : null;
	}
	if (before && after && isTable(before) && isTable(after)) {
		const { parts } = diffText(contentOf(before), contentOf(after));
		return parts.length > 0 ? [{ kind: 'text', node: after, parts, form: null }] : [];
	}
	return [...(before ? whole([before], []) : []), ...(after ? whole([], [after]) : [])];
}

/** A block that came or went; nothing of one that was only suggested and is no more. */
function whole(before: readonly RichNode[], after: readonly RichNode[]): DiffBlock[] {
	return [...before, ...after].flatMap((node): DiffBlock[] => {
		const { parts } = diffText(before.flatMap(contentOf), after.flatMap(contentOf));
		const isEmpty = node.name === 'paragraph' && node.content.length === 0;
		return parts.length > 0 || isEmpty
			? [{ kind: 'text', node, parts, form: after.length > 0 ? suggestedForm(node) : null }]
			: [];
	});
}

function contentOf(node: RichNode): readonly RichChild[] {
	if (node.name === 'paragraph') return node.content;
	if (node.name === 'table') return tableContent(written.get(node) ?? node);
	const suggested = suggestedOf(node);
	return [{ text: '———', marks: suggested === null ? [] : [{ type: suggested, attrs: {} }] }];
}

function diffText(before: readonly RichChild[], after: readonly RichChild[]): { parts: DiffPart[]; news: boolean } {
	const [old, now] = [tokens(before), tokens(after)];
	const keyOf = (child: RichChild) => tokenKey(unsaid(child));
	const found: DiffPart[] = [];
	let [x, y] = [0, 0];
	let news = false;
	const put = (what: What, child: RichChild, isNew: boolean) => {
		news ||= isNew;
		found.push({ what, child: unsaid(child) });
	};
	for (const { what, count } of diffSequences(old.map(keyOf), now.map(keyOf))) {
		for (let i = 0; i < count; i++) {
			const was = what === 'ins' ? undefined : old[x++];
			const is = what === 'del' ? undefined : now[y++];
			const [open, before] = [is && suggestedOf(is), was && suggestedOf(was)];
			// What was agreed upon and is now only suggested was taken out in between.
			if (was && before !== 'ins' && (!is || open === 'ins')) put('del', was, true);
			if (!is) continue;
			if (open === 'ins') put('may-ins', is, before !== 'ins');
			else if (open === 'del') put('may-del', is, before !== 'del');
			else if (!was || before === 'ins') put('ins', is, true);
			else put('same', is, false);
		}
	}
	return { parts: gathered(joinReplacements(found)), news };
}

/** Neighbours of the same kind are one. */
function gathered(parts: readonly DiffPart[]): DiffPart[] {
	const out: DiffPart[] = [];
	for (let at = 0; at < parts.length;) {
		const { what } = parts[at] as DiffPart;
		let end = at;
		while (parts[end]?.what === what) end++;
		out.push(...joined(parts.slice(at, end).map(({ child }) => child)).map((child) => ({ what, child })));
		at = end;
	}
	return out;
}
