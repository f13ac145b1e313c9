/**
 * The history of a document, for whom the policy lets read both; making a version is writing. A document that does not
 * exist and one that may not be read are told apart only to who may read it.
 */
import type { VersionAnswer, VersionsAnswer } from '#lib/protocol/api.ts';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { readsHistory } from '#lib/protocol/policy.ts';
import { Hono } from 'hono';
import { Refusal } from '../accounts/refusal.ts';
import type { Version } from '../storage/version-contract.ts';
import { documentOf } from './document-access.ts';
import type { Environment, Routes, Services } from './environment.ts';
import { decide, requireSession } from './guard.ts';
import { readBody, versionRequest } from './requests.ts';

export function versionRoutes(services: Services): Routes {
	const { documents, history, log } = services;
	return new Hono<Environment>()
		.get('/:name/versions/:id', requireSession(services, undefined, { large: true }), async (context) => {
			const state = await documents.readVersion(historyOf(context, 'read'), context.req.param('id'));
			if (!state) throw new Refusal('not-found');
			return context.body(state, 200, { 'content-type': 'application/octet-stream' });
		})
		.use(requireSession(services))
		.get('/:name/versions', async (context) => {
			const name = historyOf(context, 'read');
			if (!(await documents.exists(name))) throw new Refusal('not-found');
			const versions = (await documents.versions(name)).map(toAnswer);
			return context.json({ versions } satisfies VersionsAnswer);
		})
		.post('/:name/versions', async (context) => {
			const name = historyOf(context, 'write');
			const { name: label } = await readBody(context, versionRequest);
			if (!(await documents.exists(name))) throw new Refusal('not-found');
			const version = await history.name(name, label, () => context.get('admitAgain')().person.id);
			if (!version) throw new Refusal('too-large');
			log('version-named', { by: version.personId, version: version.id });
			return context.json(toAnswer(version), 201);
		});
}

/** @throws Refusal as `documentOf` does, and for who may read a document but not its past */
function historyOf(...[context, wanted]: Parameters<typeof documentOf>): DocumentName {
	const name = documentOf(context, wanted);
	return decide(context, () => {
		if (!readsHistory(context.get('session').person.role)) throw new Refusal('forbidden');
		return name;
	});
}

function toAnswer({ id, label, madeAt, personId }: Version): VersionAnswer {
	return { id, name: label, personId, at: new Date(madeAt).toISOString() };
}
