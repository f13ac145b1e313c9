import type { Verdict } from './document-state.ts';
import { findContradiction } from './update-contradiction.ts';
import { findGap } from './update-gap.ts';
import { nestsTooDeep } from './update-nesting.ts';
import type { StructStore, UpdateStructure } from './update-structure.ts';

/** @returns why a well-formed update must not be applied to this document, or null */
export function findFault(structure: UpdateStructure, store: StructStore): Verdict | null {
	if (findGap(structure, store)) return { kind: 'gap' };
	if (nestsTooDeep(structure, store)) return { kind: 'bad', reason: 'nested too deep' };
	const client = findContradiction(structure, store);
	return client === null ? null : { kind: 'foreign', client };
}
