/** The devices that are in: one's own, and for an admin everyone's. */
import type { DevicesAnswer } from '#lib/protocol/api.ts';
import { managesPeople } from '#lib/protocol/policy.ts';
import { Hono } from 'hono';
import { Refusal } from '../accounts/refusal.ts';
import type { Environment, Routes, Services } from './environment.ts';
import { requireSession } from './guard.ts';
import { disconnectShutOut } from './overdue.ts';
import { deviceChange, readBody } from './requests.ts';

export function deviceRoutes(services: Services): Routes {
	const { accounts, disconnect, log } = services;
	return new Hono<Environment>()
		.get('/', requireSession(services), (context) => {
			const { id, person } = context.get('session');
			return context.json({ devices: accounts.sessions.devices(person.id, id) } satisfies DevicesAnswer);
		})
		.get('/all', requireSession(services, managesPeople), (context) => {
			const { id } = context.get('session');
			return context.json({ devices: accounts.sessions.devices(null, id) } satisfies DevicesAnswer);
		})
		.patch('/:id', requireSession(services), async (context) => {
			const { id: current, person } = context.get('session');
			const { name } = await readBody(context, deviceChange);
			const device = accounts.sessions.device(context.req.param('id'), current);
			// Another's device is not there for whoever may not know of it.
			if (device.personId !== person.id || device.out) throw new Refusal('not-found');
			accounts.sessions.rename(device.id, name);
			return context.json({ ...device, name });
		})
		.delete(
			'/:id',
			requireSession(services, () => true, { unpaced: true }),
			(context) => {
				const { id: current, person } = context.get('session');
				const device = accounts.sessions.device(context.req.param('id'), current);
				if (device.personId !== person.id && !managesPeople(person.role)) throw new Refusal('not-found');
				accounts.audit.revoking(
					() => (device.id === current ? accounts.sessions.end(device.id) : accounts.sessions.lose(device.id)),
					(voided) => ({
						kind: 'device-removed',
						by: person.id,
						about: device.personId,
						detail: { device: device.id, ...voided },
					}),
				);
				disconnect({ sessionId: device.id });
				disconnectShutOut(services, device.personId);
				log('device-removed', { by: person.id, person: device.personId, device: device.id });
				return context.body(null, 204);
			},
		);
}
