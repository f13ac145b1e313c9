/** The association's settings: read by who writes for it, changed by an admin. */
import { mostApprovals } from '#lib/domain/bulletin.ts';
import { limits } from '#lib/protocol/limits.ts';
import { managesPeople, writesForAssociation } from '#lib/protocol/policy.ts';
import { Hono } from 'hono';
import * as v from 'valibot';
import type { AuditRecord } from '../accounts/audit.ts';
import type { Environment, Routes, Services } from './environment.ts';
import { requireSession } from './guard.ts';
import { readBody } from './requests.ts';

const settingsChange = v.strictObject({
	name: v.exactOptional(v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(limits.titleLength))),
	timeZone: v.exactOptional(v.pipe(v.string(), v.maxLength(64), v.check(isTimeZone))),
	passkeysRequired: v.exactOptional(v.boolean()),
	approvalsNeeded: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostApprovals))),
});

export function settingsRoutes(services: Services): Routes {
	const { accounts, log } = services;
	return new Hono<Environment>()
		.get('/', requireSession(services, writesForAssociation), (context) => context.json(accounts.settings.read()))
		.patch('/', requireSession(services, managesPeople), async (context) => {
			const change = await readBody(context, settingsChange);
			const by = context.get('session').person.id;
			const fields = Object.keys(change);
			const settings = accounts.audit.recording(
				() => accounts.settings.change(change),
				() => ({ kind: 'setting-changed', by, detail: { fields: fields.join(), ...requirement(change) } }),
			);
			log('settings-changed', { by, fields });
			return context.json(settings);
		});
}

/** Of what protects everybody's access it is on record which way it was changed. */
function requirement({ passkeysRequired }: v.InferOutput<typeof settingsChange>): AuditRecord['detail'] {
	return passkeysRequired === undefined ? {} : { passkeysRequired: passkeysRequired ? 'on' : 'off' };
}

function isTimeZone(name: string): boolean {
	try {
		new Intl.DateTimeFormat('de', { timeZone: name });
		return true;
	} catch {
		return false;
	}
}
