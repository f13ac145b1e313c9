import { createLocalBus } from '../../server/relay/local-bus.ts';
import { createLocalLeases } from '../../server/storage/local-leases.ts';
import { describeBus } from './bus.ts';
import { describeLeases } from './leases.ts';

describeBus('relays of one process', createLocalBus);

describeLeases('relays of one process', () => {
	let now = 1000;
	return { leases: createLocalLeases(() => now), pass: (milliseconds) => (now += milliseconds) };
});
