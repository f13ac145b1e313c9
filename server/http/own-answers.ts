/**
 * What the HTTP server answers by itself, before a route sees a request: a head that cannot be read (400), that is too
 * large (431) or never ends (408), no Host (400), an expectation (417). Such an answer carries what every other one does,
 * and is kept by nobody. Whoever sends nonsense costs one answer and their connection.
 */
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { headersOfRefusal } from './security-headers.ts';

const statuses: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** @returns what is to be called for every request before it is answered, which may write over what this sets */
export function dressOwnAnswers(
	server: Server,
	origins: readonly string[],
): (request: IncomingMessage, response: ServerResponse) => void {
	/** Of each connection, the answers that are not sent as a whole. */
	const under = new WeakMap<object, Set<ServerResponse>>();

	function dress(request: IncomingMessage, response: ServerResponse): void {
		const { host, origin } = request.headers;
		for (const [name, value] of headersOfRefusal({ host, origin }, origins)) response.setHeader(name, value);
	}

	server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
		dress(request, response);
		response.writeHead(417, { connection: 'close' }).end();
	});
	server.on('clientError', (cause: NodeJS.ErrnoException, socket: Socket) => {
		// In the midst of another answer ours would be read as part of it.
		const begun = [...(under.get(socket) ?? [])].some(({ headersSent }) => headersSent);
		if (begun || !socket.writable) return void socket.destroy();
		socket.once('finish', () => socket.destroy());
		socket.end(
			toAnswer(statuses[cause.code ?? ''] ?? 400, headersOfRefusal({ host: undefined, origin: undefined }, origins)),
		);
	});
	return (request, response) => {
		dress(request, response);
		const open = under.get(request.socket) ?? new Set();
		under.set(request.socket, open.add(response));
		response.once('close', () => open.delete(response));
	};
}

function toAnswer(status: number, headers: readonly [name: string, value: string][]): string {
	const all = [...headers, ['content-length', '0'], ['connection', 'close']];
	return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...all.map((one) => one.join(': ')), '', ''].join('\r\n');
}
