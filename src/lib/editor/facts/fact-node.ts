import type { Fact, FactReading } from '#lib/domain/facts/fact.ts';
import type { Node } from 'prosemirror-model';

/** How a fact reads now, as far as that is known where it is asked. */
export type ReadFact = (fact: Fact) => FactReading;

/** A fact out of a node's attributes; what another client left out is empty. */
export function factOf({ attrs }: Node): Fact {
	const text = (key: string) => (typeof attrs[key] === 'string' ? attrs[key] : '');
	return { kind: text('kind'), of: text('of'), form: text('form'), text: text('text'), was: text('was') };
}

/** Where nothing is known of any source. */
export const asKept: ReadFact = ({ text }) => ({ state: 'unreadable', text });
