/** What is asked for under one key is done one after the other, in the order in which it was asked. */
export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

export function createTurns(): InTurn {
	const last = new Map<string, Promise<unknown>>();
	return (key, work) => {
		const turn = (last.get(key) ?? Promise.resolve()).then(work);
		const over = turn.then(
			() => {},
			() => {},
		);
		last.set(key, over);
		void over.then(() => last.get(key) === over && last.delete(key));
		return turn;
	};
}
