import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api-query.ts';

/** Whether who is signed in may do what cannot be taken back. Only hides what would be refused; the server decides. */
export function useMayErase(): boolean {
  return useQuery(sessionQuery).data?.scopes.includes('admin') ?? false;
}
