/**
 * One running Mitschrift: storage, accounts, relay and HTTP put together. Starting either succeeds or leaves nothing
 * open; stopping loses nothing that was said to be saved.
 */
import { directoryName } from '#lib/protocol/document-name.ts';
import { mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { openAccounts, type Accounts } from './accounts/accounts.ts';
import { defaultTimeZone } from './accounts/association.ts';
import { type Config, dataFileOf } from './config.ts';
import { elapsed } from './elapsed.ts';
import { createEraser } from './history/erase-deleted.ts';
import { createHistory, keepHistory } from './history/history.ts';
import { createAdmission } from './http/admission.ts';
import { createApp } from './http/app.ts';
import { createClientAddress, createProxyCheck } from './http/client-address.ts';
import type { Log } from './http/environment.ts';
import { createMeetingCheck } from './http/guest-meeting.ts';
import { listen } from './http/listen.ts';
import { createGuestCheck, createOverdueCheck } from './http/overdue.ts';
import { createReadiness } from './http/readiness.ts';
import { RequestsUnderWay } from './http/requests-under-way.ts';
import { openBuild } from './http/static-files.ts';
import { changeLimits, createPace, effortLimits, readerLimits } from './http/stranger-limits.ts';
import { removeSetUpLink } from './set-up-link.ts';
import { createMeetingReader } from './meetings/meeting-reader.ts';
import { createServerMetrics } from './metrics/server-metrics.ts';
import type { Recovery } from './relay/authorship.ts';
import { createRelay } from './relay/relay.ts';
import { StateEncoder } from './relay/state-encoder.ts';
import { tellingStore } from './publishing/after-writing.ts';
import { createDirectoryNote, createFactsOfPage } from './publishing/directory-note.ts';
import { createIssueReader } from './publishing/issue-reader.ts';
import { createPublicSite } from './publishing/public-site.ts';
import { createCopyEraser } from './publishing/forget-copies.ts';
import { createNameEraser } from './publishing/forget-names.ts';
import { createPublishing } from './publishing/publishing.ts';
import type { StoredDocument } from './storage/contract.ts';
import { createProbedStore } from './storage/probed-store.ts';
import { type DocumentStore, openStore } from './storage/store-files.ts';

export type RunningServer = {
	port: number;
	/** The token of the one-time set-up link; null once the association is set up. */
	setUpToken: string | null;
	close(): Promise<void>;
};

/** Its message is one sentence for the person who starts the server. */
export class StartError extends Error {
	override name = 'StartError';
}

/** How often versions are made of what changed. Milliseconds. */
const sweepInterval = 15 * 60_000;

/** How long a socket may outlive the time that its person had: as a guest, or for adding a passkey. */
const overdueInterval = 30_000;

/** @throws StartError for a data folder that cannot be used, or a port that cannot be had */
export async function startServer(config: Config, log: Log): Promise<RunningServer> {
	const store = await openData(config, log);
	const { accounts, documents } = store;
	const { origins, metricsToken, trustedProxies } = config;
	const addressOf = createClientAddress(trustedProxies);
	const strangers = { addressOf, pace: createPace(elapsed), readers: createPace(elapsed, readerLimits) };
	const metrics = createServerMetrics();
	const health = createProbedStore(documents);
	const meetings = createMeetingReader(documents);
	// One thread for what takes long: compaction and versions.
	const encoder = new StateEncoder();
	const written = tellingStore(metrics.measure(health.store));
	const relay = createRelay({
		store: written.store,
		admit: createAdmission(accounts, origins, strangers, meetings),
		health,
		recovery: recoveryOf(documents),
		observe: metrics.observer,
		compaction: { encode: (stored) => encoder.encode(stored) },
		connectionsPerPerson: config.connectionsPerPerson,
		log,
	});
	metrics.show(relay, health);
	const readiness = createReadiness({ store: health, health, freeBytes: () => freeBytesOf(config) });
	const operations = { readiness, metricsToken, metrics: metrics.toText };
	const timeZone = () => accounts.association.current()?.association.timeZone ?? defaultTimeZone;
	const encode = async (stored: StoredDocument) => (await encoder.encode(stored)).state;
	const history = createHistory({ store: documents, now: Date.now, timeZone, encode, log });
	let running = true;
	const notes = createDirectoryNote({
		store: documents,
		pageOf: accounts.publications.page,
		factsOf: createFactsOfPage(accounts.publications),
		pages: accounts.publications.pages,
		contribute: relay.contribute,
		later: (work, wait) => void setTimeout(() => running && work(), wait).unref(),
		log,
	});
	const read = createIssueReader({ store: documents, personName: accounts.people.presentNameOf });
	const publishing = createPublishing({ accounts, read, note: notes.note });
	const eraseDeleted = createEraser({
		store: documents,
		forgetDeleted: relay.forgetDeleted,
		forgetCopies: createCopyEraser(accounts, read),
	});
	const forgetName = createNameEraser(accounts);
	// A backup that was restored may hold names of who was erased since.
	const erased = accounts.people.former().filter(({ name }) => name === '');
	if (erased.map(({ id }) => forgetName(id)).some((changed) => changed)) accounts.foldLog();
	const site = createPublicSite({ accounts, now: Date.now, timeZone });
	const services = {
		accounts,
		documents,
		history,
		eraseDeleted,
		meetings,
		publishing,
		site,
		forgetName,
		disconnect: relay.disconnect,
		refreshDevices: relay.refresh,
		origins,
		operations,
		strangers,
		changes: createPace(elapsed, changeLimits),
		underWay: new RequestsUnderWay(),
		effort: createPace(elapsed, effortLimits),
		onSetUp: () => removeSetUpLink(config),
		log,
	};
	const build = openBuild(config.buildFolder);
	const app = createApp(services, build);
	const stopHistory = keepHistory(history, sweepInterval, log);
	const lookForPages = () =>
		void notes.catchUp().catch((cause: unknown) => log('look-failed', { message: String(cause) }));
	const noting = setInterval(lookForPages, sweepInterval);
	// Who takes an issue off the list whose page is public has it back at once, not at the next look.
	written.tell(directoryName, lookForPages);
	const looks = [createOverdueCheck(accounts, relay.disconnect), createGuestCheck(accounts, relay.disconnect, log)];
	const lookForMeetings = createMeetingCheck(accounts, meetings, relay.disconnect);
	const lookAround = () => {
		void documents.rewritten().then(() => running && looks.forEach((look) => look()));
		lookForMeetings().catch((cause: unknown) => log('look-failed', { message: String(cause) }));
	};
	const closing = setInterval(lookAround, overdueInterval);
	lookAround();
	health.onChange(() => {
		log('storage', { trouble: health.trouble });
		if (health.trouble === null) accounts.keepReserve();
	});
	try {
		const handlers = { fetch: app.fetch, upgrade: relay.handleUpgrade };
		const isProxy = createProxyCheck(trustedProxies);
		await health.probe().then(accounts.keepReserve, () => {});
		await notes.catchUp();
		const listening = await listen(config.host, config.port, handlers, { isProxy, origins });
		return {
			port: listening.port,
			setUpToken: accounts.association.setUpToken(),
			async close() {
				running = false;
				clearInterval(closing);
				clearInterval(noting);
				written.close();
				const closed = listening.close();
				await relay.close();
				await closed;
				health.stop();
				await stopHistory();
				await store.close();
				build.close();
			},
		};
	} catch (cause) {
		running = false;
		clearInterval(closing);
		clearInterval(noting);
		written.close();
		await relay.close();
		health.stop();
		await stopHistory();
		await store.close();
		build.close();
		throw new StartError(explainListening(cause, config), { cause });
	}
}

/** A device that stayed away longer locks what it holds, and brings nothing. Milliseconds. */
const recoveryTime = 30 * 24 * 60 * 60_000;

function recoveryOf({ life }: Pick<DocumentStore, 'life'>): Recovery {
	return {
		get needed() {
			return life.lossPossibleSince !== null && Date.now() - life.lossPossibleSince < recoveryTime;
		},
		begin: () => life.noteLoss(),
	};
}

async function openData(config: Config, log: Log) {
	const folder = config.dataFolder;
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		const file = dataFileOf(config);
		const documents = await openStore(file, log);
		const accounts = await closingOnFailure(documents, () => openAccounts(file, Date.now, config.origins, elapsed));
		return {
			documents,
			accounts,
			async close() {
				accounts.close();
				await documents.close();
			},
		};
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new StartError(`The data folder ${folder} cannot be used: ${reason}.`, { cause });
	}
}

async function closingOnFailure(documents: DocumentStore, open: () => Accounts): Promise<Accounts> {
	try {
		return open();
	} catch (cause) {
		await documents.close();
		throw cause;
	}
}

async function freeBytesOf({ dataFolder }: Config): Promise<number> {
	const { bavail, bsize } = await statfs(dataFolder);
	return bavail * bsize;
}

function explainListening(cause: unknown, { host, port }: Config): string {
	const { code, message } = cause as NodeJS.ErrnoException;
	if (code === 'EADDRINUSE') return `Port ${port} is taken by another program; choose another one with PORT=….`;
	if (code === 'EACCES') return `Port ${port} may not be used by this user; choose one above 1023 with PORT=….`;
	return `Cannot serve on ${host}, port ${port}: ${message}.`;
}
