/** What goes with an access: how many of each that let somebody in, for the record. Nought is left out. */
export const voidable = ['devices', 'invitations', 'passkeys', 'codes'] as const;
export type Voided = Partial<Record<(typeof voidable)[number], number>>;

/** @param went what each statement that took something away says of itself */
export function toVoided(went: Partial<Record<keyof Voided, { changes: number | bigint }[]>>): Voided {
	const counts = Object.entries(went).map(([what, runs]) => [
		what,
		runs.reduce((sum, one) => sum + Number(one.changes), 0),
	]);
	return Object.fromEntries(counts.filter(([, count]) => count !== 0)) as Voided;
}
