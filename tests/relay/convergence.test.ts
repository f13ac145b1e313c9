/**
 * Random histories through the rooms, seeded: three replicas, one of them Yrs, write, lose the connection, come back with
 * what they missed or with all they have, while the disk sometimes refuses. In the end all hold the same, as the log
 * does; nothing that was acknowledged is missing, and nobody was sent away for what an honest client does.
 */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { expect, test } from 'vitest';
import { createRandom, type Random } from '../support/random.ts';
import { createYjsReplica, createYrsReplica, type Replica } from './replicas.ts';
import { createSetting, type Setting } from './room-setting.ts';
import type { ScriptedPeer } from './scripted-peer.ts';

const seeds = Number(process.env['SEEDS'] ?? 300);
const first = Number(process.env['SEED'] ?? 1);

class Device {
	readonly replica: Replica;
	readonly #id: string;
	peer: ScriptedPeer | null = null;
	#read = { step1: 0, step2: 0, update: 0 };

	constructor(id: string, replica: Replica) {
		this.#id = id;
		this.replica = replica;
	}

	async connect(setting: Setting): Promise<void> {
		this.peer = await setting.join(this.#id);
		this.#read = { step1: 0, step2: 0, update: 0 };
		this.peer.say(Uint8Array.from([0, 0, this.replica.stateVector().length, ...this.replica.stateVector()]));
	}

	disconnect(): void {
		this.peer?.leave();
		this.peer = null;
	}

	/** Reads what came; answers the relay's question, sometimes with everything instead of what is missing. */
	read(random: Random): void {
		const { peer } = this;
		if (!peer) return;
		for (const step of ['step2', 'update'] as const) {
			const came = peer.received(step);
			for (const update of came.slice(this.#read[step])) this.replica.apply(update);
			this.#read[step] = came.length;
		}
		const asked = peer.received('step1');
		for (const vector of asked.slice(this.#read.step1)) {
			peer.sayStep2(this.replica.difference(random.chance(0.3) ? undefined : vector));
		}
		this.#read.step1 = asked.length;
	}

	edit(random: Random): void {
		const update = randomEdit(this.replica, random);
		this.peer?.sayUpdate(update);
	}
}

function randomEdit(replica: Replica, random: Random): Uint8Array {
	const { length } = replica.content().text;
	const key = `k${random.nat(4)}`;
	if (length > 0 && random.chance(0.3)) {
		const at = random.nat(length);
		return replica.remove(at, Math.min(length - at, 1 + random.nat(4)));
	}
	if (random.chance(0.2)) return random.chance(0.7) ? replica.put(key, random.nat(9)) : replica.drop(key);
	return replica.insert(random.nat(length + 1), random.pick(['a', 'Öl ', 'Plakat', '\n']) ?? 'x');
}

async function play(seed: number): Promise<void> {
	const random = createRandom(seed);
	const setting = createSetting();
	const devices = [
		new Device('ada', createYjsReplica(11)),
		new Device('ben', createYjsReplica(22)),
		new Device('cleo', createYrsReplica(33)),
	];
	for (let step = 0; step < 60; step++) {
		const device = random.pick(devices);
		if (!device) continue;
		if (device.peer?.closed) {
			expect(device.peer.closed.code).toBe(closeCodes.storage);
			device.disconnect();
		}
		if (random.chance(0.05)) setting.store.failNext('append');
		if (random.chance(0.15)) device.disconnect();
		else if (!device.peer && random.chance(0.4)) await device.connect(setting);
		else if (random.chance(0.3)) device.read(random);
		else device.edit(random);
		if (random.chance(0.3)) await setting.rooms.drained();
		if (random.chance(0.05)) setting.idle();
	}
	await settle(setting, devices, random);
	const contents = devices.map(({ replica }) => replica.content());
	const log = await setting.logged();
	const logged = { text: log.getText('t').toJSON(), map: log.getMap('m').toJSON() };
	expect(contents).toEqual([logged, logged, logged]);
}

/** The disk is well, everyone connects anew and reads until nothing comes any more. */
async function settle(setting: Setting, devices: Device[], random: Random): Promise<void> {
	await setting.rooms.drained();
	await setting.store.append([]).durable.catch(() => {});
	for (const device of devices) {
		device.disconnect();
		await device.connect(setting);
	}
	for (let round = 0; round < 4; round++) {
		await setting.rooms.drained();
		for (const device of devices) device.read(random);
	}
	for (const { peer } of devices) expect(peer?.closed).toBeNull();
}

test(`${seeds} random histories end in equal content`, { timeout: 900_000 }, async () => {
	for (let seed = first; seed < first + seeds; seed++) {
		await play(seed).catch((error: unknown) => {
			throw new Error(`replay with SEED=${seed} SEEDS=1 npx vitest run tests/relay/convergence`, { cause: error });
		});
	}
});
