import { createLocalBus } from '../../server/relay/local-bus.ts';
import { createLocalLeases } from '../../server/storage/local-leases.ts';
import { createMemoryStore } from '../relay/memory-store.ts';
import { openFarApart } from '../support/remote/far-apart.ts';
import { describeBus } from './bus.ts';
import { describeLeases } from './leases.ts';

describeBus('relays of one process', () => {
	const bus = createLocalBus();
	return { relays: [bus, bus], interrupt: null, close: async () => {} };
});

describeBus('over a network that delays, repeats and ends', async () => {
	const { sides, service, close } = await openFarApart(createMemoryStore(), () => 0);
	return { relays: [sides[0].bus, sides[1].bus], interrupt: () => service.cut(), close };
});

describeLeases('relays of one process', () => {
	let now = 1000;
	const leases = createLocalLeases(() => now);
	return { relays: [leases, leases], pass: (milliseconds) => (now += milliseconds), close: async () => {} };
});

describeLeases('rows in another place', async () => {
	let now = 1000;
	const { sides, close } = await openFarApart(createMemoryStore(), () => now);
	const relays = [sides[0].leases, sides[1].leases] as const;
	return { relays, pass: (milliseconds) => void (now += milliseconds), close };
});
