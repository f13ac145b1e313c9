/**
 * Whatever people do to a document on devices that come and go, in the end all devices read the same. Content is
 * compared by digest: equal state vectors can stand over different content.
 *
 * A failure names its seed and the command that runs that one history again. `MITSCHRIFT_HISTORIES` sets how many,
 * `MITSCHRIFT_FIRST` from which on.
 */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { createRandom } from '../support/random.ts';
import { SimulatedNetwork } from '../support/simulated-network.ts';
import { historyKinds, type HistoryKind } from './history-kinds.ts';

/** 2,000 in every run, over all kinds. */
const perKind = Number(process.env['MITSCHRIFT_HISTORIES'] ?? 2000) / historyKinds.length;
const first = Number(process.env['MITSCHRIFT_FIRST'] ?? 1);
const onlySeed = process.env['MITSCHRIFT_SEED'];

test.each(historyKinds.map((kind) => [kind.name, kind] as const))('%s: random histories converge', (name, kind) => {
	const seeds = onlySeed === undefined ? Array.from({ length: perKind }, (_, at) => first + at) : [Number(onlySeed)];
	let written = 0;
	for (const seed of seeds) {
		try {
			written += runHistory(kind, seed);
		} catch (cause) {
			const replay = `MITSCHRIFT_SEED=${seed} npx vitest run --project sync tests/sync/convergence.test.ts -t ${name}`;
			throw new Error(`seed ${seed} of ${name}; again with: ${replay}`, { cause });
		}
	}
	// Histories that write nothing would agree on nothing.
	expect(written).toBeGreaterThan(seeds.length);
});

/** @returns the length of the content in the end */
function runHistory(kind: HistoryKind, seed: number): number {
	const random = createRandom(seed);
	const network = new SimulatedNetwork(2 + random.nat(3));
	const steps = 20 + random.nat(60);
	for (let at = 0; at < steps; at++) {
		const device = random.pick(network.devices);
		if (device && random.chance(0.5)) kind.change(device.doc, random, `w${at}`);
		else network.step(random);
	}
	network.settle();
	const contents = network.devices.map(({ doc }) => contentOf(kind, doc));
	expect(new Set(contents.map(digest)).size, contents.join('\n')).toBe(1);
	for (const { doc } of network.devices) {
		expect(doc.store.pendingStructs).toBeNull();
		doc.destroy();
	}
	return contents[0]?.length ?? 0;
}

/** What the kind's own reading shows, and everything beneath it: records that it skips, and bodies. */
function contentOf(kind: HistoryKind, doc: Y.Doc): string {
	const reading = kind.read(doc);
	// A root that nobody has asked for yet has no type, and reads as nothing.
	doc.getMap('meta');
	for (const name of doc.share.keys()) if (name.startsWith('body:')) doc.getXmlFragment(name);
	const roots = [...doc.share].map(([name, type]) => [
		name,
		type instanceof Y.XmlFragment ? type.toString() : type.toJSON(),
	]);
	return JSON.stringify(sorted([reading, Object.fromEntries(roots)]));
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, inner]) => inner !== undefined && inner !== '')
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, inner]) => [key, sorted(inner)]),
	);
}

function digest(content: string): string {
	return createHash('sha256').update(content).digest('hex');
}
