/** The audit log, for admins to read. There is no route that writes into it: the other routes record what they do. */
import type { AuditAnswer, AuditEntry } from '#lib/protocol/audit.ts';
import { managesPeople } from '#lib/protocol/policy.ts';
import { Hono } from 'hono';
import type { People } from '../accounts/people.ts';
import type { Environment, Routes, Services } from './environment.ts';
import { requireSession } from './guard.ts';

export function auditRoutes(services: Services): Routes {
	const { audit, people } = services.accounts;
	return new Hono<Environment>().get('/', requireSession(services, managesPeople), (context) => {
		const page = audit.page(context.req.query('before') ?? null);
		return context.json({ ...page, names: namesIn(page.entries, people) } satisfies AuditAnswer);
	});
}

function namesIn(entries: readonly AuditEntry[], people: People): Record<string, string> {
	const ids = new Set(entries.flatMap(({ by, about }) => [by, about]).filter((id) => id !== null));
	const named = [...ids].map((id) => [id, people.nameOf(id)] as const).filter(([, name]) => name !== null);
	return Object.fromEntries(named) as Record<string, string>;
}
