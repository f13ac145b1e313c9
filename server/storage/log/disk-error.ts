import { StorageError } from '../contract.ts';

const full = ['ENOSPC', 'EDQUOT', 'EFBIG'];

export function toStorageError(cause: unknown): StorageError {
	if (cause instanceof StorageError) return cause;
	const { code = '', message } = cause as NodeJS.ErrnoException;
	return new StorageError(full.includes(code) ? 'full' : 'failed', String(message), { cause });
}
