/**
 * One document's line to the relay. What is final is said as a `Refusal` and stops; everything else is tried again by
 * itself, at once when the browser reports a network or the person comes back to the page.
 */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { ackParameter, messageSync, personParameter } from '#lib/protocol/messages.ts';
import * as encoding from 'lib0/encoding';
import type { Awareness } from 'y-protocols/awareness';
import { writeSyncStep1 } from 'y-protocols/sync';
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import { acknowledgedSocket } from './acknowledged-socket.ts';
import type { Acknowledgement } from './acknowledgement.ts';
import type { DocumentStatus, Refusal } from './contract.ts';

/** y-websocket leaves a connection on which nothing came for 30 s, and a quiet document is quiet: ask for news. */
const keepAlive = 12_000;

/** Closings for a gap in a row after which coming back again would only repeat them. */
const gapLimit = 4;

export type RelayConnectionOptions = {
	name: DocumentName;
	personId: string;
	doc: Y.Doc;
	awareness: Awareness;
	acknowledgement: Acknowledgement;
	relayUrl: string;
	WebSocket: typeof WebSocket;
	/** What others wait for leaves when what was written is painted. */
	afterPaint: (work: () => void) => void;
	/** What others do is taken at once, or soon together with what comes meanwhile. */
	gather: (work: () => void) => void;
	/** Longest wait between two attempts, in milliseconds. */
	maxBackoff: number;
	/** A browser hides why an upgrade failed: asks why. Null: no reason that stays. */
	whyRefused: (name: DocumentName) => Promise<Refusal | null>;
	onChange: () => void;
	/** The connection ended. */
	onLost: () => void;
	/** The relay says that this client id is somebody else's. */
	onForeignClient: (client: number) => void;
};

export class RelayConnection {
	connection: DocumentStatus['connection'] = 'connecting';
	refusal: Refusal | null = null;
	readonly #options: RelayConnectionOptions;
	readonly #provider: WebsocketProvider;
	readonly #keepAlive: ReturnType<typeof setInterval>;
	#again: ReturnType<typeof setTimeout> | undefined;
	#opened = false;
	/** The relay closed because it could not write, and has not written since. */
	#closedByStorage = false;
	#gaps = 0;
	#closed = false;

	constructor(options: RelayConnectionOptions) {
		this.#options = options;
		const tooLarge = () => this.refuse('too-large');
		const provider = new WebsocketProvider(options.relayUrl, options.name, options.doc, {
			connect: false,
			awareness: options.awareness,
			params: { [ackParameter]: '1', [personParameter]: options.personId },
			// Its channel between tabs marks what another tab wrote as come from the relay: see tabs.ts.
			disableBc: true,
			WebSocketPolyfill: acknowledgedSocket(
				options.WebSocket,
				options.acknowledgement,
				tooLarge,
				options.afterPaint,
				options.gather,
				(work) => options.doc.transact(work, provider),
			),
			maxBackoffTime: options.maxBackoff * (0.75 + Math.random() / 2),
			shouldReconnect: (event) => refusalOf(event.code) === null,
		});
		this.#provider = provider;
		provider.on('status', ({ status }) => this.#statusChanged(status));
		provider.on('connection-close', (event) => this.#closedBy(event));
		this.#keepAlive = setInterval(() => this.#askForNews(), keepAlive);
	}

	/** Whether a transaction's origin is what the relay sent. */
	isOrigin(origin: unknown): boolean {
		return origin === this.#provider;
	}

	/** Whether the relay writes to its disk, as far as it has said. */
	get serverSaves(): boolean {
		return this.#options.acknowledgement.relayWrites ?? !this.#closedByStorage;
	}

	connect(): void {
		if (!this.#closed && !this.refusal) this.#provider.connect();
	}

	/** Tries at once; also after a refusal that may be mended by now, which stays said until the relay takes us. */
	retry(): void {
		if (this.#closed || this.#provider.wsconnected) return;
		if (this.refusal && !['signed-out', 'not-found', 'reopening', 'too-large'].includes(this.refusal)) return;
		this.#provider.wsUnsuccessfulReconnects = 0;
		this.#provider.connect();
	}

	/** The network is gone: do not wait until the socket notices. */
	lost(): void {
		if (this.#closed || this.refusal) return;
		this.#provider.disconnect();
		this.#provider.connect();
	}

	/** Stops for a reason that was found out here. */
	refuse(refusal: Refusal): void {
		if (this.#closed) return;
		this.#provider.disconnect();
		this.#say('offline', refusal);
		// Somebody may be about to make it: a reader often waits for what is written this minute.
		clearTimeout(this.#again);
		if (refusal === 'not-found') this.#again = setTimeout(() => this.retry(), this.#options.maxBackoff);
	}

	close(): void {
		this.#closed = true;
		clearInterval(this.#keepAlive);
		clearTimeout(this.#again);
		this.#provider.destroy();
	}

	#statusChanged(status: 'connected' | 'disconnected' | 'connecting'): void {
		if (status === 'connected') {
			this.#opened = true;
			this.#say('online', null);
		} else if (status === 'connecting') this.#opened = false;
	}

	#closedBy(event: CloseEvent | null): void {
		const code = event?.code;
		this.#closedByStorage = code === closeCodes.storage;
		this.#options.acknowledgement.connected(null);
		// Coming back and being closed for a gap again and again is not progress.
		this.#gaps = code === closeCodes.gap ? this.#gaps + 1 : this.#gaps;
		const refusal = this.#gaps >= gapLimit ? 'bad-frame' : code === undefined ? null : refusalOf(code);
		if (refusal) this.#provider.shouldConnect = false;
		this.#say('offline', refusal ?? (this.#opened ? null : this.refusal));
		this.#options.onLost();
		if (refusal === 'reopening') this.#options.onForeignClient(Number(/^client (\d+)$/.exec(event?.reason ?? '')?.[1]));
		if (!refusal && !this.#opened && event) void this.#askWhy();
	}

	async #askWhy(): Promise<void> {
		const refusal = await this.#options.whyRefused(this.#options.name);
		if (refusal && !this.#closed && this.connection === 'offline') this.refuse(refusal);
	}

	/** All that was sent is on the relay's disk: what earlier closings were for is mended. */
	noteDurable(): void {
		this.#closedByStorage = false;
		this.#gaps = 0;
	}

	#askForNews(): void {
		const { ws, doc } = this.#provider;
		if (!ws || ws.readyState !== ws.OPEN) return;
		const encoder = encoding.createEncoder();
		encoding.writeVarUint(encoder, messageSync);
		writeSyncStep1(encoder, doc);
		ws.send(encoding.toUint8Array(encoder));
	}

	#say(connection: DocumentStatus['connection'], refusal: Refusal | null): void {
		if (connection === this.connection && refusal === this.refusal) return;
		this.connection = connection;
		this.refusal = refusal;
		this.#options.onChange();
	}
}

/** What a close code means for this document; null when coming back is worth it. */
export function refusalOf(code: number): Refusal | null {
	if (code === closeCodes.unauthorized) return 'signed-out';
	if (code === closeCodes.forbidden) return 'forbidden';
	if (code === closeCodes.tooOld) return 'outdated';
	if (code === closeCodes.foreignClient) return 'reopening';
	if (code === closeCodes.tooBig) return 'too-large';
	return code >= 4400 && code < 4500 ? 'bad-frame' : null;
}
