/**
 * How many connections one person has, on all their devices together. Invariant: never more than `most`, those included
 * that are being opened; and what one person has takes nothing from another, behind whichever address.
 */
export type ConnectionsPerPerson = {
	/** @returns whether there is room for one more; it is then theirs until `leave` */
	enter(personId: string): boolean;
	leave(personId: string): void;
	/** Whether somebody is at the bound for the first time since they had room, so that it is said once. */
	isNews(personId: string): boolean;
};

export function createConnectionsPerPerson(most: number): ConnectionsPerPerson {
	const open = new Map<string, number>();
	const told = new Set<string>();
	return {
		enter(personId) {
			const count = open.get(personId) ?? 0;
			if (count >= most) return false;
			open.set(personId, count + 1);
			return true;
		},
		leave(personId) {
			const left = (open.get(personId) ?? 1) - 1;
			if (left > 0) open.set(personId, left);
			else open.delete(personId);
			told.delete(personId);
		},
		isNews(personId) {
			if (told.has(personId)) return false;
			told.add(personId);
			return true;
		},
	};
}
