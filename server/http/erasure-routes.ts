/** Erasing what was deleted from a document: an admin's to do, of a document that they may write. */
import { managesPeople } from '#lib/protocol/policy.ts';
import { Hono } from 'hono';
import type { AuditRecord } from '../accounts/audit.ts';
import { Refusal } from '../accounts/refusal.ts';
import { documentOf } from './document-access.ts';
import type { Environment, Routes, Services } from './environment.ts';
import { requireSession } from './guard.ts';

export function erasureRoutes(services: Services): Routes {
	const { accounts, documents, eraseDeleted, log } = services;
	return new Hono<Environment>().post('/:name/erase', requireSession(services, managesPeople), async (context) => {
		const name = documentOf(context, 'write');
		if (!(await documents.exists(name))) throw new Refusal('not-found');
		// It waits for other erasures, and all data is rewritten.
		context.get('stepAside')();
		let by: string | null = null;
		let version: number | null = null;
		try {
			version = await eraseDeleted(name, () => (by = context.get('admitAgain')().person.id));
		} finally {
			// Half done it is on record too: versions may have gone. Not begun, because it was not theirs any more, it is not.
			const detail: AuditRecord['detail'] = version === null ? {} : { version };
			if (by !== null) accounts.audit.record({ kind: 'text-erased', by, about: name, detail });
		}
		services.refreshDevices();
		log('text-erased', { by, document: name, folded: accounts.foldLog() });
		return context.body(null, 204);
	});
}
