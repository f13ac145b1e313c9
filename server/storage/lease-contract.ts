/**
 * Which of several relays may do what only one may do to a document: compact its log. A lease ends by itself, so that a
 * relay that died holds up nothing; and one that was only slow may still believe in it. So each lease has a token that is
 * greater than that of every lease before, and the store takes nothing under a token once it has seen a greater one.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';

export type Lease = {
	readonly token: number;
	/** Others need not wait for its end. Without effect when it is over. When it rejects, they wait. */
	giveBack(): Promise<void>;
};

export interface Leases {
	/** @returns null while another holds it. Rejects when nobody can be asked; it may be held then until it ends. */
	take(name: DocumentName): Promise<Lease | null>;
}
