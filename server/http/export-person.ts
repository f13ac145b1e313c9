/**
 * All that is stored about one person, for them to read, and nobody else's id. Their texts are not in it as texts: they are
 * in the documents, and stay there; in it is where their id stands, with what of it is about them.
 */
import type { PersonExport } from '#lib/protocol/api.ts';
import { another } from '../meetings/about-one.ts';
import { mentionsIn } from '../meetings/mentions.ts';
import type { Services } from './environment.ts';

/** @throws Refusal `not-found` */
export async function exportPerson({ accounts, documents }: Services, id: string): Promise<PersonExport> {
	const person = accounts.people.record(id);
	const others = new Set(accounts.people.everyone().filter((one) => one !== id));
	const shown = (one: string | null) => (one !== null && others.has(one) ? another : one);
	const devices = accounts.sessions.devices(id, '');
	return {
		at: new Date().toISOString(),
		person,
		devices: devices.map(({ name, platform, since, seenAt }) => ({ name, platform, since, seenAt })),
		invitations: accounts.invitations.concerning(id).map((one) => ({ ...one, by: shown(one.by), for: shown(one.for) })),
		passkeys: accounts.passkeys.list(id).map(({ name, since, usedAt }) => ({ name, since, usedAt })),
		recoveryCodesLeft: accounts.recovery.left(id),
		approvals: accounts.approvals
			.concerning(id)
			.map(({ issueId, at }) => ({ name: `bulletin:${issueId}`, at: new Date(at).toISOString() })),
		audit: accounts.audit.concerning(id).map((one) => ({ ...one, by: shown(one.by), about: shown(one.about) })),
		documents: await documentsAbout(documents, id, others),
	};
}

async function documentsAbout(
	documents: Services['documents'],
	id: string,
	others: ReadonlySet<string>,
): Promise<PersonExport['documents']> {
	const found: PersonExport['documents'] = [];
	// One after the other: a document is in memory only while it is looked through.
	for (const { name } of await documents.list()) {
		const wrote = [...(await documents.authors(name)).values()].includes(id);
		const mentions = mentionsIn(await documents.load(name), id, others);
		const named = (await documents.versions(name)).filter(({ personId }) => personId === id);
		const versions = named.map(({ label }) => label ?? '');
		if (wrote || mentions.length + versions.length > 0) found.push({ name, wrote, versions, mentions });
	}
	return found;
}
