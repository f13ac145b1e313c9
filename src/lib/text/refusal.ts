import { importArticles, importCharacters, importParagraphs } from '#lib/documents/import-limits.ts';

/** Why a file was not taken in. Whoever shows it has one sentence for each. */
export const refusalReasons = [
	'broken',
	'too-large',
	'too-long',
	'too-deep',
	'encrypted',
	'macros',
	'not-known',
	'empty',
	'cancelled',
	'not-loaded',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export const importLimits = { characters: importCharacters, paragraphs: importParagraphs, articles: importArticles };

export class ImportRefusal extends Error {
	override readonly name = 'ImportRefusal';
	readonly reason: RefusalReason;

	constructor(reason: RefusalReason) {
		super(`not imported: ${reason}`);
		this.reason = reason;
	}
}
