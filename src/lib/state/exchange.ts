/** Text out of a document and into a bulletin. The formats are loaded when somebody asks for one. */
import { bodyRoot } from '#lib/documents/body.ts';
import type { Thread } from '#lib/documents/comments.ts';
import { importArticles, importInto, type NewThread } from '#lib/documents/import-text.ts';
import { isText, readRichBody, textOf, type RichNode } from '#lib/documents/rich-body.ts';
import type { FactSources } from '#lib/domain/facts/fact.ts';
import { newId } from '#lib/domain/id.ts';
import type { Imported } from '#lib/text/imported.ts';
import { importLimits, type RefusalReason } from '#lib/text/refusal.ts';
import type * as Y from 'yjs';

export { importLimits };
export type { Imported, RefusalReason };

export const exportFormats = ['docx', 'markdown', 'html', 'text'] as const;
export type ExportFormat = (typeof exportFormats)[number];
/** `final`: as if all suggestions were accepted. */
export type ExportStyle = 'final' | 'marks' | 'exact' | 'critic';

/** What a format can say of suggestions. */
export const stylesOf: Readonly<Record<ExportFormat, readonly ExportStyle[]>> = {
	docx: ['marks', 'final'],
	markdown: ['final', 'marks', 'exact', 'critic'],
	html: ['final'],
	text: ['final'],
};

export type ExportSource = {
	title: string;
	doc: Y.Doc;
	sections: readonly { title: string; fragment: string }[];
	threads: readonly Thread[];
	/** What facts read now. */
	facts: FactSources;
};

export type ExportedFile = { content: string | Uint8Array; type: string; extension: string };

type Named = { nameOf: (by: string) => string; language: 'de' | 'en' };

export async function exportText(
	source: ExportSource,
	format: ExportFormat,
	style: ExportStyle,
	named: Named,
): Promise<ExportedFile> {
	const [{ accepted }, { factsToText }] = await Promise.all([
		import('#lib/text/settle.ts'),
		import('#lib/text/facts-to-text.ts'),
	]);
	const sections = source.sections.map(({ title, fragment }) => {
		const blocks = readRichBody(source.doc, fragment);
		// What is to be read in again as it was keeps its facts.
		if (style === 'exact') return { title, blocks };
		const settled = style === 'final' ? accepted(blocks) : blocks;
		return { title, blocks: factsToText(settled, source.facts), loose: looseIn(source.threads, fragment) };
	});
	if (format === 'docx') return exportWord(source, sections, style, named);
	if (format === 'markdown') return exportMarkdown(source, sections, style, named);
	const { sectionsToHtml, sectionsToText } = await import('#lib/text/to-html.ts');
	return format === 'html'
		? { content: sectionsToHtml(source.title, sections, named.language), type: 'text/html', extension: 'html' }
		: { content: sectionsToText(source.title, sections), type: 'text/plain', extension: 'txt' };
}

type Written = { title: string; blocks: RichNode[]; loose?: string[] }[];

/** What was said there about words that are gone: it goes out behind the text, and not at all without a word about it. */
function looseIn(threads: readonly Thread[], fragment: string): string[] {
	return threads.filter(({ root, orphaned }) => orphaned && root === fragment).map(({ id }) => id);
}

/** What was said in a thread, first what it was about where nothing else says that any more. */
function remarksOf(
	{ orphaned, quote, remarks }: Thread,
	{ nameOf, language }: Named,
): { by: string; at: number; text: string }[] {
	const about = quote.replace(/\s+/g, ' ').trim();
	const quoted = language === 'de' ? `„${about}“: ` : `“${about}”: `;
	return remarks.map(({ by, at, text }, index) => ({
		by,
		at,
		text: (orphaned && index === 0 && about !== '' ? quoted : '') + withNames(text, nameOf),
	}));
}

async function exportWord(
	{ title, threads }: ExportSource,
	sections: Written,
	style: ExportStyle,
	named: Named,
): Promise<ExportedFile> {
	const { nameOf, language } = named;
	const { textToDocx } = await import('#lib/text/docx/to-docx.ts');
	const said = threads.map((thread) => ({
		id: thread.id,
		resolved: thread.resolvedBy !== null,
		entries: remarksOf(thread, named),
	}));
	const content = textToDocx({
		title,
		sections,
		comments: style === 'final' ? [] : said,
		nameOf: (by) => (by.startsWith('word:') ? by.slice(5) : nameOf(by)),
		language: language === 'de' ? 'de-DE' : 'en-GB',
	});
	return {
		content,
		type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		extension: 'docx',
	};
}

async function exportMarkdown(
	{ threads }: ExportSource,
	sections: Written,
	style: ExportStyle,
	named: Named,
): Promise<ExportedFile> {
	const { blocksToMarkdown, headingToMarkdown } = await import('#lib/text/to-markdown.ts');
	const words = new Map(
		threads.map((thread) => [
			thread.id,
			remarksOf(thread, named).map(({ by, text }) => ({
				name: by.startsWith('word:') ? by.slice(5) : named.nameOf(by),
				text,
			})),
		]),
	);
	const commentWords = (id: string) => words.get(id) ?? [];
	const flavour = style === 'final' ? 'clean' : style;
	const parts = sections.flatMap((section) => [
		// Of several articles one without a title begins too.
		section.title === '' && sections.length === 1 ? '' : headingToMarkdown(section.title),
		blocksToMarkdown(section.blocks, {
			flavour,
			commentWords,
			...(style === 'critic' && section.loose ? { loose: section.loose } : {}),
		}),
	]);
	return { content: parts.filter(Boolean).join('\n'), type: 'text/markdown', extension: 'md' };
}

function withNames(text: string, nameOf: (by: string) => string): string {
	return text.replace(/@\[([\w-]{1,64})\]/g, (_whole, id: string) => `@${nameOf(id)}`);
}

export type ReadResult = { ok: true; imported: Imported } | { ok: false; reason: RefusalReason };

/** Reads a file and changes nothing. */
export async function readImport(
	file: File,
	me: string,
	options: { signal: AbortSignal; onprogress: (done: number) => void },
): Promise<ReadResult> {
	const importer = { by: me, at: Date.now(), newId };
	try {
		// Looked at before it is read into memory: bigger than any format takes.
		if (file.size > 30_000_000) return { ok: false, reason: 'too-large' };
		const { readTextFile } = await import('#lib/text/read-file.ts');
		const bytes = new Uint8Array(await file.arrayBuffer());
		return { ok: true, imported: await readTextFile({ name: file.name, bytes }, importer, options) };
	} catch (error) {
		const reason = (error as { reason?: RefusalReason } | null)?.reason;
		return { ok: false, reason: reason ?? 'broken' };
	}
}

/** How much a preview has to tell of. */
export function countsOf(blocks: readonly RichNode[]): { words: number; suggestions: number } {
	const ids = new Set<string>();
	const look = (node: RichNode) => {
		for (const child of node.content) {
			if (!isText(child)) look(child);
			else for (const { type, attrs } of child.marks) if (type === 'ins' || type === 'del') ids.add(String(attrs.id));
		}
	};
	blocks.forEach(look);
	const words = blocks.flatMap(linesOf).reduce((sum, line) => sum + (line.match(/[\p{L}\p{N}]+/gu)?.length ?? 0), 0);
	return { words, suggestions: ids.size };
}

/** The cells of a table are lines of their own. */
function linesOf(block: RichNode): string[] {
	const inner = block.content.flatMap((child) => (isText(child) ? [] : [child]));
	return block.name === 'paragraph' || inner.length === 0 ? [textOf(block)] : inner.flatMap(linesOf);
}

export function previewOf(blocks: readonly RichNode[]): string {
	return blocks.flatMap(linesOf).join(' ').replace(/\s+/g, ' ').trim().slice(0, 200);
}

/**
 * Puts what was read into a bulletin.
 * @param chosen which of the sections
 * @param into the body to put it behind; null for an article for each section
 * @returns what takes it back
 */
export async function putImport(
	doc: Y.Doc,
	imported: Imported,
	chosen: ReadonlySet<number>,
	into: string | null,
): Promise<() => void> {
	const sections = imported.sections.filter((_, at) => chosen.has(at));
	const { commentsOf, toOneText } = await import('#lib/text/imported.ts');
	if (into !== null) {
		return importInto(doc, into, toOneText(sections), threadsIn(imported, commentsOf(sections), into));
	}
	const articles = sections.map((section) => ({ section, id: newId() }));
	return importArticles(
		doc,
		articles.map(({ section: { title, blocks }, id }) => ({ id, title, blocks })),
		articles.flatMap(({ section, id }) => threadsIn(imported, commentsOf([section]), bodyRoot(id))),
	);
}

/** The threads whose words are among these blocks, or that belong to them without words. */
function threadsIn({ comments, importedBy }: Imported, ids: ReadonlySet<string>, root: string): NewThread[] {
	return comments
		.filter(({ id }) => ids.has(id))
		.map(({ id, quote, resolved, entries }) => ({
			id,
			root,
			quote,
			resolvedBy: resolved ? importedBy : null,
			remarks: inTheirOrder(entries).map((entry) => ({ ...entry, id: newId() })),
		}));
}

/** Remarks are read by their time: those of the same second, as files have them, would come in no order. */
function inTheirOrder<T extends { at: number }>(entries: readonly T[]): T[] {
	let before = Number.NEGATIVE_INFINITY;
	return entries.map((entry) => {
		const at = entry.at <= before && before - entry.at < 1000 ? before + 1 : entry.at;
		before = at;
		return { ...entry, at };
	});
}
