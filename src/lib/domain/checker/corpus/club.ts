import type { Calendar } from '../calendar.ts';

/** What the board of one association writes. What is underlined stands in ⟦brackets⟧, what the first press puts there behind the arrow. */
export type Club = {
	calendar: Calendar;
	/** What is said of a sentence, and the sentence. */
	findings: readonly (readonly [kind: string, marked: string])[];
	quiet: readonly string[];
};
