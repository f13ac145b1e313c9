/** What a document shows from elsewhere, see `domain/beside.ts`. */
import { shownNow, type Beside, type Entry } from '#lib/domain/beside.ts';
import type { FactSources } from '#lib/domain/facts/fact.ts';
import * as Y from 'yjs';
import { bodyRoot, bodyRoots, readFactNode } from './body.ts';
import { holdersOf, withFacts } from './comment-anchors.ts';

/** Of facts those that can be read here. */
export function readBeside(doc: Y.Doc, entry: Entry, sources: FactSources | undefined): Beside {
	const facts: Record<string, Beside['facts'][string]> = {};
	for (const root of sources ? bodyRoots(doc).map(bodyRoot) : [])
		for (const node of withFacts(holdersOf(doc, root)))
			if (sources && node instanceof Y.XmlElement) Object.assign(facts, shownNow(readFactNode(node), sources));
	return { entry, facts };
}
