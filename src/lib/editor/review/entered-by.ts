/**
 * What is said of who wrote a suggestion. Whose it is, its document claims; that is a fact only where that person's device
 * wrote it, so whoever else wrote in it is named, and the words that they wrote are told apart.
 */
import { openEnd } from '#lib/documents/mark-writers.ts';
import type { Part, Suggestion } from '#lib/documents/read-suggestions.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

export type Known = {
	nameOf: (personId: string) => string;
	/** Who a claimed author is: mostly the same; whom a file names may be a person of ours. */
	personOf: (by: string) => string;
	/** Whose a Yjs client id is; null: nobody's; undefined: not known here. */
	authorOf: (clientId: number) => string | null | undefined;
};

/** A part and, where it was not the one who is named by the suggestion, who wrote it. */
export type ToldPart = { part: Part; by: string };
export type Told = { author: string; parts: ToldPart[] };

export function tellSuggestion({ by, parts }: Suggestion, known: Known): Told {
	const person = known.personOf(by);
	const others = parts.map(({ clients }) => othersOf(person, clients, known));
	const all = [...new Set(others.flat())];
	const isAll = others.every((each) => each.length === all.length);
	return {
		author: wordsFor(known.nameOf(by), all, isAll, known),
		parts: merged(parts.map((part, at) => ({ part, by: isAll ? '' : labelFor(others[at] ?? [], known) }))),
	};
}

/** Who wrote a part, beside the one it is said to be of; null: nobody knows. */
function othersOf(person: string, clients: readonly number[], { authorOf }: Known): (string | null)[] {
	const writers = clients.map((client) => (client === openEnd ? null : authorOf(client)));
	return [...new Set(writers)].filter((writer): writer is string | null => writer !== undefined && writer !== person);
}

function wordsFor(name: string, others: readonly (string | null)[], isAll: boolean, known: Known): string {
	if (others.length === 0) return name;
	const by = namesOf(others, known);
	if (by === '') return isAll ? m.review_unproven({ name }) : m.review_partly_unproven({ name });
	return isAll ? m.review_entered_by({ name, by }) : m.review_partly_entered_by({ name, by });
}

function labelFor(others: readonly (string | null)[], known: Known): string {
	if (others.length === 0) return '';
	const by = namesOf(others, known);
	return by === '' ? m.review_part_unproven() : m.review_part_by({ by });
}

function namesOf(others: readonly (string | null)[], { nameOf }: Known): string {
	return others
		.filter((each) => each !== null)
		.map(nameOf)
		.join(', ');
}

/** Words that one person wrote on two devices are one part. */
function merged(told: readonly ToldPart[]): ToldPart[] {
	return told.reduce<ToldPart[]>((parts, { part, by }) => {
		const last = parts.at(-1);
		if (last && 'text' in last.part && 'text' in part && last.part.kind === part.kind && last.by === by)
			last.part = { ...last.part, text: last.part.text + part.text };
		else parts.push({ part, by });
		return parts;
	}, []);
}
