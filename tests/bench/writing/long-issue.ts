/** An issue of fifty pages on a real server, and ten people who write in it at the pace of people. */
import { addArticle } from '#lib/documents/bulletin.ts';
import { bodyRoot } from '#lib/documents/body.ts';
import { addBulletin } from '#lib/documents/change-directory.ts';
import { writeBody } from '#lib/documents/example-body.ts';
import { directoryName, toDocumentName } from '#lib/protocol/document-name.ts';
import type { Workspace } from '#lib/sync/contract.ts';
import * as Y from 'yjs';
import { openServerPeer } from '../../support/evening.ts';
import { untilSaved } from '../../support/peers.ts';
import type { Member, TestServer } from '../../support/server.ts';

/** Ten paragraphs of three hundred letters fill a page. */
export const pages = 50;
const perPage = 10;
const letters = 300;
/** Between two letters of one person. Milliseconds. */
const pace = 200;

export type LongIssue = { id: string; name: ReturnType<typeof toDocumentName>; roots: string[] };

/** @param articles how many articles share the pages */
export async function writeLongIssue(workspace: Workspace, id: string, articles: number): Promise<LongIssue> {
	const directory = workspace.open(directoryName);
	addBulletin(directory.doc, { id, title: `Ausgabe ${id}`, date: '2024-12-10', status: 'draft' });
	await untilSaved(directory);
	const name = toDocumentName('bulletin', id);
	const issue = workspace.open(name);
	const lines = Array.from({ length: (pages * perPage) / articles }, (_, at) =>
		`Absatz ${at}: `.padEnd(letters, 'Der Vorstand traf sich und beriet über die Plakate. '),
	);
	for (let at = 0; at < articles; at++) {
		addArticle(issue.doc, { id: `a${at}`, title: `Artikel ${at}` });
		writeBody(issue.doc, bodyRoot(`a${at}`), lines);
	}
	await untilSaved(issue);
	return { id, name, roots: Array.from({ length: articles }, (_, at) => bodyRoot(`a${at}`)) };
}

/** @returns what makes them stop */
export async function othersWrite(server: TestServer, people: readonly Member[], issue: LongIssue) {
	const writers = await Promise.all(people.map((member, index) => openWriter(server, member, issue, index)));
	return async () => {
		await Promise.all(writers.map((stop) => stop()));
	};
}

async function openWriter(server: TestServer, member: Member, { name, roots }: LongIssue, index: number) {
	const workspace = openServerPeer(server, member);
	const handle = workspace.open(name);
	await untilSaved(handle);
	const { doc, awareness } = handle;
	const root = roots[(index * 3) % roots.length] ?? '';
	const body = doc.getXmlFragment(root);
	const text = (body.get((5 + index * 4) % body.length) as Y.XmlElement).get(0) as Y.XmlText;
	let at = 20;
	const timer = setInterval(() => {
		text.insert(at, 'und so weiter '[at % 14] ?? ' ');
		at++;
		const place = Y.createRelativePositionFromTypeIndex(text, at);
		awareness.setLocalState({
			user: { id: member.person.id, name: member.person.name },
			cursor: { anchor: place, head: place },
		});
	}, pace);
	return async () => {
		clearInterval(timer);
		await workspace.close();
	};
}
