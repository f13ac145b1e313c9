/** Why a file was not taken in. Whoever shows it has one sentence for each. */
export const refusalReasons = [
	'broken',
	'too-large',
	'too-long',
	'encrypted',
	'macros',
	'not-known',
	'empty',
	'cancelled',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/**
 * How much text a file may bring: four issues of fifty pages, of 3,000 characters and thirty lines a page. More is put into
 * a document for longer than anybody waits, and stays in it for all who open it.
 */
export const importLimits = { characters: 600_000, paragraphs: 6000 };

export class ImportRefusal extends Error {
	override readonly name = 'ImportRefusal';
	readonly reason: RefusalReason;

	constructor(reason: RefusalReason) {
		super(`not imported: ${reason}`);
		this.reason = reason;
	}
}
