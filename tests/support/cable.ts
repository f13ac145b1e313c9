/**
 * A cable between a browser and the server, which a test can cut: a tunnel, a cellar, a broken router. What is under way
 * is lost, and nothing comes through until it is mended. The browser sees it as an origin of its own, and keeps it.
 */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type Cable = {
	origin: string;
	cut(): void;
	mend(): void;
	close(): Promise<void>;
};

/** @param port of the server; nobody has to listen there yet */
export async function layCable(port: number): Promise<Cable> {
	const ends = new Set<Socket>();
	let whole = true;

	function join(from: Socket, to: Socket): void {
		ends.add(from);
		from.pipe(to);
		from.on('error', () => to.destroy());
		from.on('close', () => {
			ends.delete(from);
			to.destroy();
		});
	}

	const server = createServer((near) => {
		if (!whole) return near.destroy();
		const far = connect(port, '127.0.0.1');
		join(near, far);
		join(far, near);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');

	function cut(): void {
		whole = false;
		for (const end of ends) end.destroy();
	}

	return {
		origin: `http://localhost:${(server.address() as AddressInfo).port}`,
		cut,
		mend() {
			whole = true;
		},
		async close() {
			cut();
			server.close();
			await once(server, 'close');
		},
	};
}
