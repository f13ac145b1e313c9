import type { UpdateStore } from '../../../server/storage/contract.ts';
import { RelaySide } from './relay-side.ts';
import { openService, type RemoteService } from './service.ts';

/** Two relays' sides of one service. */
export type FarApart = {
	sides: readonly [RelaySide, RelaySide];
	service: RemoteService;
	close(): Promise<void>;
};

/** @param store what lies behind the service @param now of its leases. Milliseconds. */
export async function openFarApart(store: UpdateStore, now: () => number): Promise<FarApart> {
	const service = await openService(store, now);
	const sides = [await RelaySide.connect(service), await RelaySide.connect(service)] as const;
	return {
		sides,
		service,
		async close() {
			for (const side of sides) side.close();
			await service.close();
		},
	};
}
