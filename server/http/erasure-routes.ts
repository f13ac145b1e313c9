/** Erasing what was deleted from a document: an admin's to do, of a document that they may write. */
import { managesPeople } from '#lib/protocol/policy.ts';
import { Hono } from 'hono';
import { Refusal } from '../accounts/refusal.ts';
import { documentOf } from './document-access.ts';
import type { Environment, Routes, Services } from './environment.ts';
import { requireSession } from './guard.ts';

export function erasureRoutes(services: Services): Routes {
	const { accounts, documents, eraseDeleted, log } = services;
	return new Hono<Environment>().post('/:name/erase', requireSession(services, managesPeople), async (context) => {
		const name = documentOf(context, 'write');
		if (!(await documents.exists(name))) throw new Refusal('not-found');
		const by = context.get('admitAgain')().person.id;
		let version: number | null = null;
		try {
			version = await eraseDeleted(name);
		} finally {
			// Half done it is on record too: versions may have gone.
			accounts.audit.record({ kind: 'text-erased', by, about: name, detail: version === null ? {} : { version } });
		}
		services.refreshDevices();
		log('text-erased', { by, document: name, folded: accounts.foldLog() });
		return context.body(null, 204);
	});
}
