/** Deletes what this device holds of one person's documents. Close their workspace first: an open database stays. */
export async function forgetDocuments(personId: string, factory: IDBFactory = indexedDB): Promise<void> {
	const prefix = `mitschrift/${personId}/`;
	const databases = await factory.databases();
	const names = databases.flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : []));
	await Promise.all(names.map((name) => remove(factory, name)));
}

/** Settles also when another tab still holds the database open: the browser deletes it once that tab lets go. */
function remove(factory: IDBFactory, name: string): Promise<void> {
	return new Promise((resolve) => {
		const request = factory.deleteDatabase(name);
		request.onsuccess = request.onerror = request.onblocked = () => resolve();
	});
}
