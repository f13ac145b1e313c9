/** Two people decide suggestions that divide and join paragraphs; whoever accepted takes all of it back. */
import { bodyRoot } from '#lib/documents/body.ts';
import { backspace, enter } from '#lib/editor/commands.ts';
import { setMode, suggesting } from '#lib/editor/suggest/suggesting.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { whenSynced } from '../relay/stock-client.ts';
import { BareEditor } from '../support/bare-editor.ts';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { paragraph, prepareEvening, type Evening } from '../support/evening.ts';
import { connectMember } from '../support/people-devices.ts';

const label = 'Text: Wahlbüro';

let evening: Evening;
let browser: Browser;
let devices: [Device, Device];

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	const { server, mara, jonas } = evening;
	devices = [
		await openDevice(browser, { server, member: mara, worker: 'none' }),
		await openDevice(browser, { server, member: jonas, size: 'phone', worker: 'none' }),
	];
});

afterAll(async () => {
	await Promise.all((devices ?? []).map((device) => device.close()));
	await browser?.close();
	await evening?.server.close();
});

function textbox(page: Page) {
	return page.getByRole('textbox', { name: label, exact: true });
}

/** As the relay has it: what is accepted and not carried out is to be told from what is. */
function linesOf(doc: Y.Doc): string[] {
	const blocks = doc.getXmlFragment(bodyRoot('a1')).toArray() as Y.XmlElement[];
	return blocks.map((block) => {
		const texts = block.toArray() as Y.XmlText[];
		return texts
			.flatMap((text) => text.toDelta() as { insert: string }[])
			.map(({ insert }) => insert)
			.join('');
	});
}

/** A second paragraph, and then: to divide the first, and to join both. */
function suggest(doc: Y.Doc, by: string): void {
	let ids = 0;
	const author = { id: by, now: Date.now, newId: () => `s${ids++}` };
	const editor = new BareEditor(doc, bodyRoot('a1'), [suggesting(author, 'edit')]);
	editor.goTo(paragraph);
	editor.run(enter);
	editor.type('Kommt alle.');
	setMode(editor.state, editor.dispatch, 'suggest');
	editor.goTo('Der Vorstand');
	editor.run(enter);
	editor.goTo('Kommt', false);
	editor.run(backspace);
	editor.close();
}

/** Who of two carried out was once whoever had the lower of two random numbers: so both decide, one after the other. */
test('whoever accepted all takes all of it back, new and joined paragraphs too', async () => {
	const [mara, jonas] = devices.map(({ page }) => page) as [Page, Page];
	for (const page of [mara, jonas]) {
		await page.goto('/bulletins/b1');
		await textbox(page).waitFor();
	}
	const relay = connectMember(evening.server, evening.mara, 'bulletin:b1', new Y.Doc());
	await whenSynced(relay);
	// What a first visit does not need comes a moment later.
	const settlers = () => [...relay.provider.awareness.getStates().values()].filter(({ settles }) => settles === true);
	await expect.poll(() => settlers().length, { timeout: 10_000 }).toBe(2);
	suggest(relay.doc, evening.mara.person.id);
	const open = linesOf(relay.doc);
	expect(open).toEqual([paragraph.replace('Der Vorstand', 'Der Vorstand¶'), 'Kommt alle.']);
	await jonas.getByRole('button', { name: /^Vorschläge \(2\)/ }).click();
	const lists = [mara.getByRole('complementary', { name: 'Vorschläge' }), jonas.getByRole('dialog')] as const;
	for (const [page, list] of [
		[mara, lists[0]],
		[jonas, lists[1]],
	] as const) {
		await list.getByRole('button', { name: 'Alle annehmen' }).click();
		await expect
			.poll(() => linesOf(relay.doc), { timeout: 10_000 })
			.toEqual(['Der Vorstand', ' trifft sich.Kommt alle.']);
		await page.locator('.toast').getByRole('button', { name: 'Rückgängig' }).click();
		await expect.poll(() => linesOf(relay.doc)).toEqual(open);
		for (const each of lists) await expect.poll(() => each.getByRole('listitem').count()).toBe(2);
		expect(await page.locator('.toast', { hasText: 'Nicht alles kam zurück' }).count()).toBe(0);
	}
	relay.stop();
});
