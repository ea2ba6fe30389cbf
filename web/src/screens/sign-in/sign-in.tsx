import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { ApiError, sendJson } from '../../api.ts';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import { EntryPage } from './entry-page.tsx';

const route = getRouteApi('/sign-in');

function refusal(error: Error): string {
  if (!(error instanceof ApiError)) return error.message;
  const { status, title, detail } = error.problem;
  if (status === 401 || status === 403) return 'Email and password do not match an account here.';
  if (status === 429) return 'Too many attempts. Wait a minute, then try again.';
  return detail ?? title;
}

/** Email and password. */
export function SignIn() {
  const { next } = route.useSearch();
  const router = useRouter();
  const client = useQueryClient();
  const signIn = useMutation({
    mutationFn: (body: { email: string; password: string }) => sendJson('POST', '/auth/sign-in/email', body),
    onSuccess: () => {
      client.clear();
      router.history.push(next ?? '/');
    },
  });

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn.mutate({ email: String(form.get('email')), password: String(form.get('password')) });
  }

  return (
    <EntryPage title="Sign in" lead="What happened on your calls, what was paid, and where the two disagree.">
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        <TextField label="Email" name="email" type="email" autoComplete="username" required autoFocus />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        <div aria-live="polite">
          {signIn.error ? (
            <p className="rounded-md bg-bad-soft px-3 py-2 text-bad text-sm">{refusal(signIn.error)}</p>
          ) : null}
        </div>
        <Button type="submit" look="primary" size="large" disabled={signIn.isPending}>
          {signIn.isPending ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
      <p className="mt-5 text-pretty text-ink-2 text-xs">
        No account yet? An owner makes one for you. The first owner comes in by the link that{' '}
        <code className="font-mono">npx aria owner-link</code> prints on the server.
      </p>
    </EntryPage>
  );
}
