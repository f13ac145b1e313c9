/** Whose a document's client ids are, for whom the policy lets read it. Erased people keep their id here. */
import type { AuthorsAnswer } from '#lib/protocol/api.ts';
import { Hono } from 'hono';
import { Refusal } from '../accounts/refusal.ts';
import { documentOf } from './document-access.ts';
import type { Environment, Routes, Services } from './environment.ts';
import { requireSession } from './guard.ts';

export function authorRoutes(services: Services): Routes {
	const { documents } = services;
	return new Hono<Environment>().get('/:name/authors', requireSession(services), async (context) => {
		const name = documentOf(context, 'read');
		if (!(await documents.exists(name))) throw new Refusal('not-found');
		const authors = Object.fromEntries(await documents.authors(name));
		return context.json({ authors } satisfies AuthorsAnswer);
	});
}
