import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { sendJson } from '../api.ts';

/** Ends the session, forgets what was loaded, and shows the sign-in page. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await sendJson('POST', '/auth/sign-out', {});
    await navigate({ to: '/sign-in' });
    client.clear();
  };
}
