/**
 * All that is stored about one person, for them to read. Their texts are not in it as texts: they are in the documents,
 * and stay there; in it is where their id stands, with what stands there.
 */
import type { PersonExport } from '#lib/protocol/api.ts';
import { mentionsIn } from '../meetings/mentions.ts';
import type { Services } from './environment.ts';

/** @throws Refusal `not-found` */
export async function exportPerson({ accounts, documents }: Services, id: string): Promise<PersonExport> {
	const person = accounts.people.record(id);
	const devices = accounts.sessions.devices(id, '');
	return {
		at: new Date().toISOString(),
		person,
		devices: devices.map(({ name, platform, since, seenAt }) => ({ name, platform, since, seenAt })),
		invitations: accounts.invitations.concerning(id),
		audit: accounts.audit.concerning(id),
		documents: await documentsAbout(documents, id),
	};
}

async function documentsAbout(documents: Services['documents'], id: string): Promise<PersonExport['documents']> {
	const found: PersonExport['documents'] = [];
	// One after the other: a document is in memory only while it is looked through.
	for (const { name } of await documents.list()) {
		const wrote = [...(await documents.authors(name)).values()].includes(id);
		const mentions = mentionsIn(await documents.load(name), id);
		if (wrote || mentions.length > 0) found.push({ name, wrote, mentions });
	}
	return found;
}
