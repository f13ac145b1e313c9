/** What became of a motion (Antrag). */
import type { Resolution, Vote } from './minutes.ts';

export type Outcome = 'adopted' | 'rejected';

/** A simple majority of the votes cast: abstentions do not count, and a tie is a rejection. Null before the vote. */
export function outcomeOf(vote: Vote | null): Outcome | null {
	if (vote === null) return null;
	return vote.yes > vote.no ? 'adopted' : 'rejected';
}

/**
 * What became of a motion: what the votes say, and without votes whether it was noted as a resolution. Null while it is not
 * decided.
 */
export function decisionOn({ vote, status }: Pick<Resolution, 'vote' | 'status'>): Outcome | null {
	return outcomeOf(vote) ?? (status === 'adopted' ? 'adopted' : null);
}
