/** The session of this browser tab: the one place that joins `Session` to the window, its storage and its network. */
import { openWorkspace, type WorkspaceOptions } from '#lib/sync/workspace.ts';
import { createApi } from './api.ts';
import { openGuestWorkspace } from './guest-workspace.ts';
import { loadLater } from './load-later.ts';
import { IdentityCache, identityKey, keptAfterLeaving } from './identity.ts';
import { Session, type Departure } from './session.svelte.ts';
import { deviceStore } from './stored.ts';

/** Names and roles change seldom: this often is enough for a tab that is looked at all day. */
const refreshMs = 5 * 60_000;
/** Whoever sees nothing until the server answers is not left waiting for a sign of the network that may never come. */
const waitingMs = 5000;

/**
 * @param page when it does what is not to keep it from what one sees: what others wait for, what they do, and what
 * nobody waits for; and what keeps from what others do unseen what waits
 */
export function createBrowserSession(
	page: Required<Pick<WorkspaceOptions, 'afterPaint' | 'gather' | 'whenIdle' | 'guard'>>,
): Session {
	const api = createApi({ person: () => session.personId, strayed: () => void session.refresh() });
	const session: Session = new Session({
		api,
		cache: new IdentityCache(deviceStore()),
		openWorkspace: ({ person, epoch }) => {
			const workspace = openWorkspace({
				personId: person.id,
				role: person.role,
				guestOf: person.guestOf,
				epoch,
				relayUrl: `${location.origin.replace(/^http/, 'ws')}/sync`,
				reopen: () => void reloadOnce(),
				loadBackground: () => loadLater(() => import('#lib/sync/background.ts')),
				...page,
			});
			void forgetOthers(person.id);
			if (person.role !== 'guest') return workspace;
			const { guestOf } = person;
			return openGuestWorkspace(workspace, api, deviceStore(), guestOf?.meetingId, () => void session.refresh());
		},
		forget: async (personId) => {
			const { forgetDocuments } = await import('#lib/sync/forget.ts');
			await forgetDocuments(personId).catch(() => undefined);
		},
		departure: createDeparture(),
		now: () => new Date(),
		monotonic: () => performance.now(),
	});
	return session;
}

/** What another page of somebody who was here before may still have been doing is done by then. Milliseconds. */
const lastOfOthers = 10_000;

/** While this person is here, nobody else's documents are: at once, and when another page of theirs has surely gone. */
async function forgetOthers(personId: string): Promise<void> {
	const forget = await loadLater(() => import('#lib/sync/forget.ts'));
	for (const pause of [0, lastOfOthers]) {
		await new Promise((resolve) => setTimeout(resolve, pause));
		if (new IdentityCache(deviceStore()).read()?.person.id !== personId) return;
		await forget.forgetOthers(personId).catch(() => undefined);
	}
}

/** A page that loads itself again and again would help nobody. Milliseconds. */
const reloadPause = 60_000;
const reloadKey = 'mitschrift:reloaded';

/** @returns whether the page goes */
function reloadOnce(): boolean {
	if (Date.now() - Number(sessionStorage.getItem(reloadKey)) < reloadPause) return false;
	sessionStorage.setItem(reloadKey, String(Date.now()));
	location.reload();
	return true;
}

/**
 * Seldom needed, so not part of what everyone loads first; it is on the device all the same. A page that could not have it
 * once is refused it by the browser as long as it is open, and what has to go must not stay for that: it is loaded anew.
 */
function createDeparture(): Departure {
	const parts = () => import('./departure.ts');
	const surely = () =>
		parts().catch((cause: unknown) => {
			if (reloadOnce()) return new Promise<never>(() => {});
			throw cause;
		});
	const device = {
		indexedDB,
		caches: globalThis.caches,
		localStorage: deviceStore() === null ? undefined : localStorage,
		sessionStorage: deviceStore() === null ? undefined : sessionStorage,
		serviceWorker: navigator.serviceWorker,
	};
	return {
		leave: async (identity) =>
			(await surely()).leaveDevice(identity, new Date(), device, [...keptAfterLeaving, identityKey]),
		narrow: async (identity, loss) => (await surely()).narrowDevice(identity, new Date(), loss),
		makeRoom: async (identity, inPage) => (await surely()).makeRoom(identity, new Date(), inPage),
		unsent: async (personId) => (await parts()).readUnsent(personId, new Date()),
		noteUnsentSaved: async () => (await parts()).noteUnsentSaved(),
		forgetUnsent: async () => (await parts()).forgetUnsent(),
	};
}

/**
 * Asks at once, and again when the network is back, the tab is looked at, or time has passed; follows other tabs.
 * @returns a function that stops all of it
 */
export function keepFresh(session: Session, target: Window = window): () => void {
	const stop = new AbortController();
	const refresh = () => {
		session.passTime();
		void session.refresh();
	};
	const options = { signal: stop.signal };
	target.addEventListener('online', refresh, options);
	target.addEventListener('offline', refresh, options);
	target.document.addEventListener('visibilitychange', () => !target.document.hidden && refresh(), options);
	target.addEventListener(
		'storage',
		(event) => {
			if (event.key === identityKey || event.key === null) void session.follow();
		},
		options,
	);
	const waits = () => session.state.kind === 'locked' || session.state.kind === 'unreachable';
	const timers = [setInterval(refresh, refreshMs), setInterval(() => waits() && refresh(), waitingMs)];
	stop.signal.addEventListener('abort', () => timers.forEach(clearInterval));
	refresh();
	return () => stop.abort();
}
