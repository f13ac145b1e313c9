/** An unmodified y-websocket client, and waiting for what it sees. */
import { createHash } from 'node:crypto';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

export type StockClient = { doc: Y.Doc; provider: WebsocketProvider; stop(): void };

export function connectStock(url: string, name: string, as: string, doc = new Y.Doc()): StockClient {
	const provider = new WebsocketProvider(url, name, doc, { params: { as }, disableBc: true, maxBackoffTime: 200 });
	return {
		doc,
		provider,
		stop() {
			provider.destroy();
			doc.destroy();
		},
	};
}

export async function whenSynced({ provider }: StockClient): Promise<void> {
	if (provider.synced) return;
	await new Promise<void>((resolve) => provider.once('sync', () => resolve()));
}

/** Settles when the condition holds; looks again after every update of the documents. */
export async function untilTrue(docs: Y.Doc[], condition: () => boolean): Promise<void> {
	await new Promise<void>((resolve) => {
		const look = () => {
			if (!condition()) return;
			for (const doc of docs) doc.off('update', look);
			resolve();
		};
		for (const doc of docs) doc.on('update', look);
		look();
	});
}

/** Of what a reader sees, not of state vectors: those can be equal over different content. */
export function digest(doc: Y.Doc, roots: { text?: string[]; map?: string[] } = { text: ['t'] }): string {
	const content = [
		...(roots.text ?? []).map((root) => doc.getText(root).toJSON()),
		...(roots.map ?? []).map((root) => doc.getMap(root).toJSON()),
	];
	return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
