import type { LocalDate } from '../local-time.ts';
import type { Known } from './calendar.ts';

/** What is odd. The sentence for it is made where it is shown, in the reader's language. */
export type Says =
	| { kind: 'no-such-date'; typed: string }
	| { kind: 'weekday'; date: LocalDate }
	/** What comes, by day, up to what is likeliest meant. */
	| { kind: 'next-meeting'; coming: readonly Known[] }
	| { kind: 'other-date'; known: Known }
	| { kind: 'other-time'; known: Known }
	| { kind: 'other-end'; known: Known }
	| { kind: 'past'; date: LocalDate }
	| { kind: 'name'; name: string };

/** What one press puts in place of what was typed: a text, or the live fact that reads so. */
export type Mend = {
	from: number;
	to: number;
	text: string;
	fact: { kind: Known['kind']; of: string; form: string } | null;
	/** Whether it takes the place of a live fact: it stays one then. */
	live?: true;
};

/**
 * The same for the same words, wherever they stand in a text.
 *
 * @param typed with what live dates read: of another day it is another finding
 */
export function findingKey({ says }: Pick<Finding, 'says'>, typed: string): string {
	return `${says.kind}:${typed}`;
}

export type Finding = {
	says: Says;
	/** What is underlined. */
	from: number;
	to: number;
	/** The likeliest first; empty where nothing can be known. */
	mends: Mend[];
};
