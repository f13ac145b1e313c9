import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

const headers = ['Connection: close', 'Content-Length: 0', 'Cache-Control: no-store', 'X-Content-Type-Options: nosniff']
	.map((header) => `${header}\r\n`)
	.join('');

/**
 * Answers an upgrade with a plain refusal and ends the connection; without effect when it is gone. Whoever does not close
 * their end is not waited for.
 */
export function refuseUpgrade(socket: Duplex, status: 400 | 401 | 403 | 404 | 429 | 503): void {
	if (socket.destroyed || !socket.writable) return void socket.destroy();
	socket.once('finish', () => socket.destroy());
	socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers}\r\n`);
}
