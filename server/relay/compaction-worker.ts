/** The other side of `state-encoder.ts`: answers each log, in order, with the state that it amounts to. */
import { parentPort } from 'node:worker_threads';
import * as Y from 'yjs';
import type { StoredDocument } from '../storage/contract.ts';
import { toDocument } from './document-state.ts';
import type { Encoded } from './state-encoder.ts';

parentPort?.on('message', (stored: StoredDocument) => parentPort?.postMessage(encode(stored)));

function encode(stored: StoredDocument): Encoded {
	try {
		const doc = toDocument(stored);
		const encoded = { state: Y.encodeStateAsUpdate(doc), vector: Y.encodeStateVector(doc) };
		doc.destroy();
		return encoded;
	} catch (error) {
		return { error: String(error) };
	}
}
