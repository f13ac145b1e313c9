/** What the relay's messages say of what it has, and of what is deleted. Loaded where somebody asks. */
import { isContribution, messageSync, syncStep1, syncStep2 } from '#lib/protocol/messages.ts';
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import type { RelayMessage } from './contract.ts';

type Said = readonly RelayMessage[];

/** Whether the relay tells all that it has. */
export function tellsAll(said: Said): boolean {
	return framesOf(said).some((frame) => isSync(frame, syncStep2));
}

/** How far it has what each client wrote, as it said when the connection began; null when it says nothing of that. */
export function heldBy(said: Said): ReadonlyMap<number, number> | null {
	const greeting = framesOf(said).find((frame) => isSync(frame, syncStep1));
	return greeting ? Y.decodeStateVector(contentOf(greeting)) : null;
}

/** What is named as deleted. Who deletes what holds something names what they know of it. */
export function deletedBy(said: Said): ReturnType<typeof Y.createDeleteSet> {
	return Y.mergeDeleteSets(
		framesOf(said)
			.filter(isContribution)
			.map((frame) => Y.decodeUpdate(contentOf(frame)).ds),
	);
}

function framesOf(said: Said): Uint8Array[] {
	return said.map(({ data }) => new Uint8Array(data));
}

function isSync(frame: Uint8Array, kind: number): boolean {
	return frame[0] === messageSync && frame[1] === kind;
}

function contentOf(frame: Uint8Array): Uint8Array {
	const decoder = decoding.createDecoder(frame);
	decoding.readVarUint(decoder);
	decoding.readVarUint(decoder);
	return decoding.readVarUint8Array(decoder);
}
