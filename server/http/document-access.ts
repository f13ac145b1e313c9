import { type DocumentName, parseDocumentName } from '#lib/protocol/document-name.ts';
import { accessTo } from '#lib/protocol/policy.ts';
import type { Context } from 'hono';
import { Refusal } from '../accounts/refusal.ts';
import type { Environment } from './environment.ts';
import { decide } from './guard.ts';

/**
 * The document that a route's `:name` names, when the session's person may do with it what is wanted: now, and when it is
 * answered.
 * @throws Refusal `not-found` for what is no document's name, `forbidden`
 */
export function documentOf(context: Context<Environment>, wanted: 'read' | 'write'): DocumentName {
	const parsed = parseDocumentName(context.req.param('name') ?? '');
	if (!parsed) throw new Refusal('not-found');
	const { name } = parsed;
	return decide(context, () => {
		const access = accessTo(context.get('session').person, name);
		if (access !== 'write' && access !== wanted) throw new Refusal('forbidden');
		return name;
	});
}
