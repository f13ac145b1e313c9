/** Who is in a document: those who look at it, not those whose page merely draws on it. */
import { expect, onTestFinished, test } from 'vitest';
import { serveRelay } from '../relay/serve-relay.ts';
import { openDevice, untilSaved } from '../support/peers.ts';

test('a page that draws on a document is not in it; one that shows it is, until it is left', async () => {
	const served = await serveRelay();
	onTestFinished(() => served.stop());
	const workspace = openDevice({ url: served.url });
	onTestFinished(() => workspace.close());
	const start = workspace.open('minutes:m1', { present: false });
	await untilSaved(start);
	expect(start.awareness.getLocalState()).toBeNull();
	const minutes = workspace.open('minutes:m1');
	expect(minutes.awareness.getLocalState()).toEqual({});
	minutes.release();
	expect(start.awareness.getLocalState()).toBeNull();
});
