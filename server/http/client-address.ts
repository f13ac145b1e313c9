/**
 * Where a request comes from, for counting what strangers try. A proxy in front makes every connection its own; what it
 * says of whom it speaks for (`X-Forwarded-For`) is believed of those proxies alone that the configuration names, and
 * only as far back as they stand in a row: whoever writes that header themselves is counted under their own address.
 */
import type { Context } from 'hono';
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

export type ClientAddress = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string;

/** @param proxies addresses and networks (`10.0.0.0/8`); `loopback` is this machine */
export function createClientAddress(proxies: readonly string[]): ClientAddress {
	const isTrusted = createProxyCheck(proxies);
	return ({ headers, socket }) => {
		const said = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
		const hops = said.map((hop) => plain(hop.trim())).filter((hop) => isIP(hop) !== 0);
		let address = plain(socket.remoteAddress ?? '');
		while (isTrusted(address) && hops.length > 0) address = hops.pop() ?? address;
		return networkOf(address);
	};
}

/** Of a request that Hono handles; empty where there is no connection, as in a test. */
export function addressIn(context: Context, addressOf: ClientAddress): string {
	const { incoming } = (context.env ?? {}) as { incoming?: IncomingMessage };
	return incoming?.socket ? addressOf(incoming) : '';
}

/** Whether many people come from the address at the other end of a connection. */
export function createProxyCheck(proxies: readonly string[]): (address: string) => boolean {
	const trusted = toBlockList(proxies);
	return (address) => isIP(plain(address)) !== 0 && trusted.check(plain(address), familyOf(plain(address)));
}

/** @returns whether it is an address or a network that a proxy may be named by */
export function isProxyName(text: string): boolean {
	if (text === 'loopback') return true;
	const [address = '', bits, ...rest] = text.split('/');
	const family = isIP(address);
	if (family === 0 || rest.length > 0) return false;
	return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function toBlockList(names: readonly string[]): BlockList {
	const list = new BlockList();
	for (const name of names.flatMap((one) => (one === 'loopback' ? ['127.0.0.0/8', '::1'] : [one]))) {
		const [address = '', bits] = name.split('/');
		if (bits === undefined) list.addAddress(address, familyOf(address));
		else list.addSubnet(address, Number(bits), familyOf(address));
	}
	return list;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
	return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

/** An IPv4 address on an IPv6 socket is the IPv4 address. */
function plain(address: string): string {
	return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}

/** Of IPv6 the network: a household has as many addresses as it likes. */
export function networkOf(said: string): string {
	const address = plain(said);
	if (isIP(address) !== 6) return address;
	const [head = '', tail = ''] = address.split('::', 2);
	const start = head.split(':').filter(Boolean);
	const end = tail.split(':').filter(Boolean);
	const whole = [...start, ...Array<string>(Math.max(0, 8 - start.length - end.length)).fill('0'), ...end];
	return `${whole.slice(0, 4).join(':')}::/64`;
}
