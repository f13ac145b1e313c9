/** Everything that a browser still holds of Mitschrift, read past the app: what an emptied device must not have. */
import type { Page } from 'playwright-core';

export type Remains = {
	/** Names of databases. */
	databases: string[];
	/** Every value of every row, as text, bytes included. */
	rows: string;
	/** Names of caches; what is in them besides the app's own built files. */
	caches: string[];
	foreign: string[];
	localStorage: Record<string, string>;
	sessionStorage: Record<string, string>;
	pushSubscribed: boolean;
};

export function remainsOf(page: Page): Promise<Remains> {
	return page.evaluate(read);
}

async function read(): Promise<Remains> {
	const decoder = new TextDecoder();
	const texts = (value: unknown): string => {
		if (value instanceof Uint8Array) return decoder.decode(value);
		if (typeof value !== 'object' || value === null) return String(value);
		return Object.entries(value)
			.map(([key, inner]) => `${key} ${texts(inner)}`)
			.join('\n');
	};
	const rowsOf = (name: string) =>
		new Promise<string>((resolve) => {
			const opening = indexedDB.open(name);
			opening.onerror = () => resolve('');
			// It went meanwhile, and looking must not make it again.
			opening.onupgradeneeded = () => opening.transaction?.abort();
			opening.onsuccess = () => {
				const db = opening.result;
				const stores = [...db.objectStoreNames];
				if (stores.length === 0) {
					db.close();
					return resolve('');
				}
				const all = stores.map((store) => db.transaction(store).objectStore(store).getAll());
				const last = all.at(-1);
				if (!last) return resolve('');
				last.onsuccess = () => {
					db.close();
					resolve(all.map((request) => texts(request.result)).join('\n'));
				};
			};
		});
	const databases = (await indexedDB.databases()).flatMap(({ name }) => (name === undefined ? [] : [name]));
	const cacheNames = await caches.keys();
	const cached = await Promise.all(cacheNames.map(async (name) => (await caches.open(name)).keys()));
	const isOurs = ({ url }: Request) => /\/(_app|icons)\/|\.(html|js|webmanifest|svg|png)(\?|$)/.test(url);
	const registration = await navigator.serviceWorker?.getRegistration();
	return {
		databases,
		rows: (await Promise.all(databases.map(rowsOf))).join('\n'),
		caches: cacheNames,
		foreign: cached.flat().flatMap((request) => (isOurs(request) ? [] : [request.url])),
		localStorage: { ...localStorage },
		sessionStorage: { ...sessionStorage },
		pushSubscribed: (await registration?.pushManager?.getSubscription().catch(() => null)) != null,
	};
}
