/** Who receives what another wrote writes nothing because of it (`receiveWithoutWriting`), on a device as in the relay. */
import type { DocumentHandle } from '#lib/sync/contract.ts';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { serveRelay } from '../relay/serve-relay.ts';
import { openDevice, untilSaved } from '../support/peers.ts';

function wordsOf({ doc }: DocumentHandle): Y.XmlText | undefined {
	return doc.getXmlFragment('body:a').toArray()[0] as Y.XmlText | undefined;
}

test('two who make neighbouring words bold, unseen by each other, write nothing when they hear of it', async () => {
	const served = await serveRelay();
	const workspaces = ['mara', 'jonas'].map((personId) => openDevice({ url: served.url, personId }));
	const handles = workspaces.map((workspace) => workspace.open('bulletin:b1')) as [DocumentHandle, DocumentHandle];
	const [mara, jonas] = handles;
	mara.doc.getXmlFragment('body:a').insert(0, [new Y.XmlText('abcdef')]);
	await untilSaved(mara);
	await expect.poll(() => wordsOf(jonas)?.toString()).toBe('abcdef');

	const written: string[] = [];
	for (const { doc } of handles) doc.on('beforeTransaction', ({ origin }) => origin === null && written.push('tidied'));
	mara.doc.transact(() => wordsOf(mara)?.format(1, 2, { strong: {} }), 'mara');
	jonas.doc.transact(() => wordsOf(jonas)?.format(3, 1, { em: {} }), 'jonas');
	for (const handle of handles)
		await expect.poll(() => wordsOf(handle)?.toString()).toBe('a<strong>bc</strong><em>d</em>ef');
	expect(written).toEqual([]);
	await Promise.all(workspaces.map((workspace) => workspace.close()));
	await served.stop();
});
