/** What another did meanwhile took the place of what was done here, unheard of. Told as the relay's news are taken in. */
import { setVoices } from '#lib/documents/change-minutes.ts';
import { forgetKept, lostDecision, type LostDecision } from '#lib/documents/kept-here.ts';
import { readMinutes } from '#lib/documents/minutes.ts';
import { replacedCounts, type ReplacedCounts } from '#lib/documents/replaced-counts.ts';
import type { WaitingDocument } from '#lib/sync/contract.ts';
import { heldBy } from '#lib/sync/relay-said.ts';
import * as Y from 'yjs';
import type { Api } from './api.ts';
import { isAuthorsAnswer } from './authors.svelte.ts';

/** `title`: the wording. `author`: a person's id; null where it is not known. */
export type ToldCounts = Pick<ReplacedCounts, 'mine' | 'theirs'> & {
	title: string;
	author: string | null;
	/** Where nobody has changed it since. */
	putBack: () => void;
};

export type Teller = {
	counts(replaced: ToldCounts): void;
	decision(lost: LostDecision): void;
};

const watched = new WeakSet<Y.Doc>();

/** Of a document for which it is called again it goes on. */
export async function tellMeanwhile(api: Api, document: WaitingDocument, teller: Teller): Promise<void> {
	const { doc } = document;
	if (document.access !== 'write' || watched.has(doc)) return;
	watched.add(doc);
	await document.whenLoaded;
	// Of a page that is closed; of this one the client's id is known.
	const waited =
		document.status.waiting > 0 ? Y.decodeStateVector(Y.encodeStateVector(doc)) : new Map<number, number>();
	doc.on('beforeTransaction', () => {
		if (document.status.waiting === 0) forgetKept(doc);
	});
	doc.on('afterTransaction', (transaction: Y.Transaction) => {
		const said = document.said(transaction.origin);
		if (said.length === 0) return;
		const held = waited.size > 0 ? heldBy(said) : null;
		const waits = ({ client, clock }: Y.ID) =>
			held !== null && clock < (waited.get(client) ?? 0) && clock >= (held.get(client) ?? 0);
		for (const replaced of replacedCounts(transaction, (id) => id.client === doc.clientID || waits(id)))
			void toldCounts(api, document, replaced).then((told) => teller.counts(told));
		const lost = lostDecision(transaction);
		if (lost) teller.decision(lost);
	});
}

async function toldCounts(api: Api, { doc, name }: WaitingDocument, replaced: ReplacedCounts): Promise<ToldCounts> {
	const { resolutionId, mine, theirs, by } = replaced;
	const answer = await api.send('GET', `/api/documents/${encodeURIComponent(name)}/authors`, isAuthorsAnswer);
	const resolution = () => readMinutes(doc).resolutions.find(({ id }) => id === resolutionId);
	return {
		mine,
		theirs,
		title: resolution()?.text ?? '',
		author: (answer.ok && answer.value.authors[by]) || null,
		putBack() {
			const present = resolution()?.vote;
			for (const choice of ['yes', 'no', 'abstention'] as const)
				if (mine[choice] !== undefined && present?.[choice] === theirs[choice])
					setVoices(doc, resolutionId, choice, mine[choice]);
		},
	};
}
