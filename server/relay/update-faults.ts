import type * as Y from 'yjs';
import type { Verdict } from './document-state.ts';
import { findContradiction } from './update-contradiction.ts';
import { isCrowded } from './update-crowding.ts';
import { findGap } from './update-gap.ts';
import { nestsTooDeep } from './update-nesting.ts';
import { hasLongName, type UpdateStructure } from './update-structure.ts';

/** @returns why a well-formed update must not be applied to this document, or null */
export function findFault(structure: UpdateStructure, doc: Y.Doc): Verdict | null {
	const { store } = doc;
	if (hasLongName(structure)) return { kind: 'bad', reason: 'a name that is too long' };
	if (findGap(structure, store)) return { kind: 'gap' };
	if (nestsTooDeep(structure, store)) return { kind: 'bad', reason: 'nested too deep' };
	const client = findContradiction(structure, store);
	if (client !== null) return { kind: 'foreign', client };
	return isCrowded(structure, doc) ? { kind: 'bad', reason: 'too much in one place' } : null;
}
