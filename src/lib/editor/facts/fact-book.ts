/** What an editor knows of facts, handed down by whoever opens it; a text is readable without. */
import type { Calendar } from '#lib/domain/checker/calendar.ts';
import type { Caveat, Fact, FactSources } from '#lib/domain/facts/fact.ts';
import { getContext, setContext } from 'svelte';

/** Something that can be inserted as a fact. */
export type FactChoice = Pick<Fact, 'kind' | 'of' | 'form'> & {
	/** What it reads now. */
	text: string;
	/** What it is: "Sitzung · Stadtvorstand". */
	what: string;
	/** Why it does not hold as it would be written. */
	caveats: readonly Caveat[];
};

/** What can be inserted, as far as it was read. Reactive. */
export type FactOffers = {
	/** The likeliest first; what a search finds is behind all others, so that nothing moves under who chooses. */
	readonly choices: readonly FactChoice[];
	readonly sources: FactSources;
	/** `partly`: all that this device has was searched, and that is not all there is. */
	readonly searched: 'not' | 'under-way' | 'all' | 'partly';
	/** Reads what the likeliest come from. */
	readNearest(): void;
	/**
	 * Reads all minutes and rosters, the nearest first.
	 *
	 * @param turn calls back when there is time for a few of them
	 * @returns ends it
	 */
	search(turn: (work: () => void) => unknown): () => void;
};

/** All of it is reactive: read it in an effect or in markup. */
export type FactBook = {
	readonly sources: FactSources;
	readonly calendar: Calendar;
	/** What can be inserted. Its code is loaded only then. */
	offers(): Promise<FactOffers>;
	/** What a source is called; empty when it is not known. */
	nameOf(fact: Pick<Fact, 'kind' | 'of'>): string;
	/** Empty where this reader cannot go. */
	hrefOf(fact: Pick<Fact, 'kind' | 'of'>): string;
	/** Findings that somebody wants to stay as they are, by `findingKey`. */
	left(fragment: string): ReadonlySet<string>;
	/** @param leave false checks it again */
	leave(fragment: string, key: string, leave: boolean): void;
};

const place = Symbol('facts');

export function provideFactBook(book: FactBook): void {
	setContext(place, book);
}

export function useFactBook(): FactBook | undefined {
	return getContext<FactBook | undefined>(place);
}
