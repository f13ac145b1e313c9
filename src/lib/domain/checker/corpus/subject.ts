import type { Says } from '../finding.ts';

export type Kind = Says['kind'];

/**
 * Sentences of one subject, as boards write them. What is underlined stands in ⟦brackets⟧, what the first press puts there
 * behind the arrow (nothing where nothing can be known).
 */
export type Subject = {
	findings: Readonly<Partial<Record<Kind, readonly string[]>>>;
	/** Nothing to say about any of these. */
	quiet: readonly string[];
};
