import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api-query.ts';

/** Whether who is signed in may change things. Only hides what would be refused; the server decides. */
export function useMayWrite(): boolean {
  return useQuery(sessionQuery).data?.scopes.includes('write') ?? false;
}
