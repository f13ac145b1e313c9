import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { BusListener } from '../../../server/relay/bus.ts';

export type Heard = { [Kind in keyof BusListener]: [Kind, ...Parameters<BusListener[Kind]>] }[keyof BusListener];

export type Call = { call: number; of: 'store' | 'leases'; method: string; args: unknown[] };

/** What a relay says. With a `call` it is answered. */
export type ToService =
	Call | { listen: number; call: number; name: DocumentName } | { close: number } | { publish: number; heard: Heard };

/** What a relay hears. */
export type ToRelay =
	| { answer: number; value?: unknown; error?: { kind: 'full' | 'failed' | null; message: string } }
	| { channel: number; heard: Heard };
