import type * as Y from 'yjs';
import type { Verdict } from './document-state.ts';
import { findGap } from './update-gap.ts';
import type { UpdateStructure } from './update-structure.ts';

type StructStore = Y.Doc['store'];

/** @returns why a well-formed update must not be applied to this document, or null */
export function findFault(structure: UpdateStructure, store: StructStore): Verdict | null {
	if (findGap(structure, store)) return { kind: 'gap' };
	return null;
}
