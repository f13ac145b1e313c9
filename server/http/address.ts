/** Who asks, as far as the network knows. */
import type { Context } from 'hono';
import type { IncomingMessage } from 'node:http';

/** The address at the other end of the connection; of IPv6 the network, because a household has as many as it likes. */
export function addressOf(context: Context): string {
	const { incoming } = (context.env ?? {}) as { incoming?: IncomingMessage };
	const address = incoming?.socket?.remoteAddress ?? '';
	return address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address;
}
