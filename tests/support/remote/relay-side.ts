/** What a relay has of a service that is somewhere else: what the contracts ask for, and a connection that may end. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Bus, BusListener, Channel } from '../../../server/relay/bus.ts';
import { committed } from '../../../server/storage/appending.ts';
import { type Sequence, StorageError, type UpdateStore } from '../../../server/storage/contract.ts';
import type { Leases } from '../../../server/storage/lease-contract.ts';
import type { VersionStore } from '../../../server/storage/version-contract.ts';
import type { Call, Heard, ToRelay, ToService } from './messages.ts';
import type { RemoteService } from './service.ts';
import { Wire } from './wire.ts';

type Answer = Extract<ToRelay, { answer: number }>;
type Settling = PromiseWithResolvers<unknown>;

export class RelaySide {
	readonly #service: RemoteService;
	readonly #calls = new Map<number, Settling>();
	readonly #channels = new Map<number, { name: DocumentName; listener: BusListener }>();
	#wire: Wire | null = null;
	#count = 0;
	#closed = false;

	private constructor(service: RemoteService) {
		this.#service = service;
	}

	static async connect(service: RemoteService): Promise<RelaySide> {
		const side = new RelaySide(service);
		await side.#connect();
		return side;
	}

	readonly store: UpdateStore & VersionStore = {
		load: (name) => this.#ask('store', 'load', name),
		append: (batch) => {
			const sent = batch.map(({ authors = [], ...entry }) => ({ ...entry, authors: [...authors] }));
			return committed(this.#ask<Sequence[]>('store', 'append', sent));
		},
		compact: (...args) => this.#ask('store', 'compact', ...args),
		authors: (name) => this.#ask('store', 'authors', name),
		exists: (name) => this.#ask('store', 'exists', name),
		list: () => this.#ask('store', 'list'),
		close: () => this.#ask('store', 'close'),
		versions: (name) => this.#ask('store', 'versions', name),
		readVersion: (name, id) => this.#ask('store', 'readVersion', name, id),
		keepVersion: async (name, version, state) =>
			this.#ask('store', 'keepVersion', name, typeof version === 'function' ? version() : version, state),
		forgetVersions: (name, ids) => this.#ask('store', 'forgetVersions', name, ids),
	};

	readonly leases: Leases = {
		take: async (name) => {
			const token = await this.#ask<number | null>('leases', 'take', name);
			return token === null ? null : { token, giveBack: () => this.#ask('leases', 'giveBack', name, token) };
		},
	};

	readonly bus: Bus = {
		open: async (name, listener) => {
			const channel = (this.#count += 1);
			this.#channels.set(channel, { name, listener });
			await this.#listen(channel, name);
			return this.#channel(channel);
		},
	};

	close(): void {
		this.#closed = true;
		this.#wire?.cut();
	}

	#channel(channel: number): Channel {
		const publish = (...heard: Heard) => this.#wire?.send({ publish: channel, heard } satisfies ToService);
		return {
			updates: (shared) => publish('updates', shared),
			presence: (entries) => publish('presence', entries),
			ask: () => publish('asked'),
			renew: () => publish('renewed'),
			close: () => {
				this.#channels.delete(channel);
				this.#wire?.send({ close: channel } satisfies ToService);
			},
		};
	}

	async #connect(): Promise<void> {
		const socket: Socket = connect(this.#service.port, '127.0.0.1');
		socket.on('close', () => this.#lost());
		await once(socket, 'connect');
		this.#wire = new Wire(socket, socket.localPort ?? 0, this.#service.traffic, (said: ToRelay) => this.#hear(said));
	}

	/** Whether the service did what it was asked for, nobody knows. */
	#lost(): void {
		this.#wire = null;
		for (const { reject } of this.#calls.values()) reject(new StorageError('failed', 'the connection ended'));
		this.#calls.clear();
		if (!this.#closed) void this.#comeBack();
	}

	async #comeBack(): Promise<void> {
		const { traffic } = this.#service;
		traffic.set(this, 1);
		await this.#connect();
		for (const [channel, { name, listener }] of this.#channels) {
			await this.#listen(channel, name);
			listener.interrupted();
		}
		traffic.delete(this);
	}

	#hear(said: ToRelay): void {
		if ('answer' in said) return this.#settle(said);
		const [kind, value] = said.heard;
		this.#channels.get(said.channel)?.listener[kind](value as never);
	}

	#settle({ answer, value, error }: Answer): void {
		const call = this.#calls.get(answer);
		this.#calls.delete(answer);
		if (!error) call?.resolve(value);
		else call?.reject(error.kind ? new StorageError(error.kind, error.message) : new Error(error.message));
	}

	async #listen(channel: number, name: DocumentName): Promise<void> {
		await this.#call((call) => ({ listen: channel, call, name }));
	}

	#ask<Result>(of: Call['of'], method: string, ...args: unknown[]): Promise<Result> {
		return this.#call((call) => ({ call, of, method, args })) as Promise<Result>;
	}

	#call(toMessage: (call: number) => ToService): Promise<unknown> {
		if (!this.#wire) return Promise.reject(new StorageError('failed', 'there is no connection'));
		const call = (this.#count += 1);
		const settling = Promise.withResolvers<unknown>();
		this.#calls.set(call, settling);
		this.#wire.send(toMessage(call));
		return settling.promise;
	}
}
