/** Text out of a document and into a bulletin. The formats are loaded when somebody asks for one. */
import { appendToBody } from '#lib/documents/body-rewrite.ts';
import { bodyRoot } from '#lib/documents/body.ts';
import type { Thread } from '#lib/documents/comments.ts';
import { withFullRows } from '#lib/documents/full-rows.ts';
import { importArticles, importInto, type NewThread } from '#lib/documents/import-text.ts';
import { readSuggestions } from '#lib/documents/read-suggestions.ts';
import { isText, readRichBody, textOf, type RichNode } from '#lib/documents/rich-body.ts';
import type { FactSources } from '#lib/domain/facts/fact.ts';
import { newId } from '#lib/domain/id.ts';
import type { Imported } from '#lib/text/imported.ts';
import { importLimits, type RefusalReason } from '#lib/text/refusal.ts';
import type { FileFormat, FileStyle, WrittenFile } from '#lib/text/write-file.ts';
import { Doc } from 'yjs';
import type * as Y from 'yjs';
import { inWorker, NotLoaded, type DoTextWork, type WorkOptions } from './text-worker.ts';

export { importLimits, NotLoaded };
export type {
	FileFormat as ExportFormat,
	FileStyle as ExportStyle,
	Imported,
	RefusalReason,
	WrittenFile as ExportedFile,
};

export const exportFormats = ['docx', 'markdown', 'html', 'text'] as const satisfies readonly FileFormat[];

/** What a format can say of suggestions. */
export const stylesOf: Readonly<Record<FileFormat, readonly FileStyle[]>> = {
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

type Named = { nameOf: (by: string) => string; language: 'de' | 'en' };

type Working = WorkOptions & { work?: DoTextWork };

/** @throws what the work throws */
export async function exportText(
	source: ExportSource,
	format: FileFormat,
	style: FileStyle,
	named: Named,
	{ work = inWorker, ...options }: Working,
): Promise<WrittenFile> {
	const [{ accepted }, { factsToText }, { namedIn }] = await Promise.all([
		import('#lib/text/settle.ts'),
		import('#lib/text/facts-to-text.ts'),
		import('#lib/text/named-in.ts'),
	]);
	const sections = source.sections.map(({ title, fragment }) => {
		const blocks = readRichBody(source.doc, fragment);
		// What is to be read in again as it was keeps its facts.
		if (style === 'exact') return { title, blocks };
		const settled = withFullRows(style === 'final' ? accepted(blocks) : blocks);
		return { title, blocks: factsToText(settled, source.facts), loose: looseIn(source.threads, fragment) };
	});
	const comments = source.threads.map((thread) => ({
		id: thread.id,
		resolved: thread.resolvedBy !== null,
		entries: remarksOf(thread, named),
	}));
	const people = namedIn(sections.flatMap(({ blocks }) => blocks));
	for (const { entries } of comments) for (const { by } of entries) people.add(by);
	const names = Object.fromEntries([...people].map((by) => [by, named.nameOf(by)]));
	const { title } = source;
	const text = { format, style, language: named.language, title, sections, comments, names };
	const result = await work({ kind: 'write', text }, options);
	if (result.kind !== 'written') throw new Error('the worker did something else');
	return result.file;
}

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

function withNames(text: string, nameOf: (by: string) => string): string {
	return text.replace(/@\[([\w-]{1,64})\]/g, (_whole, id: string) => `@${nameOf(id)}`);
}

export type ReadResult = { ok: true; imported: Imported } | { ok: false; reason: RefusalReason };

/** Reads a file and changes nothing. */
export async function readImport(
	file: File,
	me: string,
	{ work = inWorker, ...options }: Working,
): Promise<ReadResult> {
	try {
		// Looked at before it is read into memory: bigger than any format takes.
		if (file.size > 30_000_000) return { ok: false, reason: 'too-large' };
		const bytes = new Uint8Array(await file.arrayBuffer());
		const result = await work({ kind: 'read', file: { name: file.name, bytes }, by: me, at: Date.now() }, options);
		if (result.kind === 'read') return { ok: true, imported: result.imported };
		return { ok: false, reason: result.kind === 'refused' ? result.reason : 'broken' };
	} catch (error) {
		if (options.signal.aborted) return { ok: false, reason: 'cancelled' };
		return { ok: false, reason: error instanceof NotLoaded ? 'not-loaded' : 'broken' };
	}
}

/** How much a preview has to tell of. Suggestions are counted as there will be to decide, and so where they are read then. */
export function countsOf(blocks: readonly RichNode[]): { words: number; suggestions: number } {
	const [doc, root] = [new Doc(), bodyRoot('preview')];
	appendToBody(doc, root, blocks);
	const words = blocks
		.flatMap((block) => linesOf(block))
		.reduce((sum, line) => sum + (line.match(/[\p{L}\p{N}]+/gu)?.length ?? 0), 0);
	return { words, suggestions: readSuggestions(doc, root).length };
}

/** The cells of a table are lines of their own. */
function linesOf(block: RichNode, read: (block: RichNode) => string = textOf): string[] {
	const inner = block.content.flatMap((child) => (isText(child) ? [] : [child]));
	const isLine = block.name === 'paragraph' || inner.length === 0;
	return isLine ? [read(block)] : inner.flatMap((child) => linesOf(child, read));
}

/** Without what is struck: it would run together with what comes instead. */
export function previewOf(blocks: readonly RichNode[]): string {
	return blocks
		.flatMap((block) => linesOf(block, unstruck))
		.join(' ')
		.replace(/\s+/g, ' ')
		.trim()
		.slice(0, 200);
}

function unstruck({ content }: RichNode): string {
	const texts = content.filter((child) => isText(child) && !child.marks.some(({ type }) => type === 'del'));
	return texts.map((child) => (isText(child) ? child.text : '')).join('');
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
	const { threadOnTitle } = await import('./title-changes.ts');
	const articles = sections.map((section) => ({ section, id: newId() }));
	return importArticles(
		doc,
		articles.map(({ section: { title, blocks }, id }) => ({ id, title, blocks })),
		articles.flatMap(({ section, id }) => [
			...(section.heading ? [threadOnTitle(section.heading, bodyRoot(id))] : []),
			...threadsIn(imported, commentsOf([section]), bodyRoot(id)),
		]),
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
