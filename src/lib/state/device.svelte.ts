/** What this browser says of the room it gives us. Where it does not say, the answer is null and the page says so. */
export type Room = { used: number; granted: number };

export class DeviceStorage {
	readonly #storage: StorageManager | undefined;
	#room = $state.raw<Room | null>(null);
	#persisted = $state.raw<boolean | null>(null);

	constructor(storage: StorageManager | undefined) {
		this.#storage = storage;
	}

	/** Bytes: of everything this site keeps here, the app itself included. */
	get room(): Room | null {
		return this.#room;
	}

	/** Whether the browser promised not to clear it by itself. */
	get persisted(): boolean | null {
		return this.#persisted;
	}

	async look(): Promise<void> {
		try {
			const { usage, quota } = (await this.#storage?.estimate()) ?? {};
			this.#room = usage === undefined || quota === undefined ? null : { used: usage, granted: quota };
			this.#persisted = (await this.#storage?.persisted()) ?? null;
		} catch {
			this.#room = null;
			this.#persisted = null;
		}
	}

	/** @returns the browser's decision; it may refuse without asking anybody */
	async persist(): Promise<boolean> {
		const granted = (await this.#storage?.persist().catch(() => false)) ?? false;
		await this.look();
		return granted;
	}
}
