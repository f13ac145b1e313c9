/**
 * A fact on its way through the clipboard: in another program its words, in this one the same fact. What a page offers as one
 * anybody can have written, so it is held against what a body may hold and against what is known here.
 */
import { bodyNodes } from '#lib/documents/body-gate.ts';
import { factKinds, type Fact, type FactReading } from '#lib/domain/facts/fact.ts';
import { fromForm } from '#lib/domain/facts/forms.ts';
import type { ReadFact } from './fact-node.ts';

/** The attribute of the element whose words it reads as, as in files (`text/mark-tags.ts`). */
export const factAttribute = 'data-fact';

const keys = ['kind', 'of', 'form', 'text', 'was'] as const;

export function writeCopied(fact: Fact, { state }: FactReading): string {
	return JSON.stringify({ ...fact, gone: state === 'gone' });
}

/**
 * @returns null for what is to be its words: it is no fact that this version knows, or of another association. There, too, a
 * source is missing; one that was deleted here was missing already where it was copied.
 */
export function readCopied(written: string, read: ReadFact): Fact | null {
	let given: unknown;
	try {
		given = JSON.parse(written);
	} catch {
		return null;
	}
	if (typeof given !== 'object' || given === null) return null;
	const { gone, ...claimed } = given as Record<string, unknown>;
	if (!keys.every((key) => bodyNodes.fact?.[key]?.(claimed[key]))) return null;
	const { kind, of, form, text, was } = claimed as Fact;
	if (!factKinds.some((each) => each === kind) || !fromForm(form)) return null;
	const fact = { kind, of, form, text, was };
	return read(fact).state === 'gone' && gone !== true ? null : fact;
}
