import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { type ApiInput, api } from '../../api.ts';
import { sessionQuery } from '../../api-query.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { TextField } from '../../parts/field.tsx';
import { EntryPage } from '../sign-in/entry-page.tsx';

const route = getRouteApi('/welcome');

/** First run: whoever holds the one-time link becomes the owner. */
export function Welcome() {
  const { token } = route.useSearch();
  const navigate = useNavigate();
  const client = useQueryClient();
  const become = useMutation({
    mutationFn: (input: ApiInput<'becomeOwner'>) => api('becomeOwner', input),
    onSuccess: (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      navigate({ to: '/' });
    },
  });

  if (!token) {
    return (
      <EntryPage title="Welcome" lead="This page needs the one-time link.">
        <Empty title="The link is incomplete">
          Open it exactly as Aria printed it at its first start. A new one: <code>npx aria owner-link</code>.
        </Empty>
      </EntryPage>
    );
  }

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name));
    become.mutate({
      body: { token: token ?? '', name: text('name'), email: text('email'), password: text('password') },
    });
  }

  return (
    <EntryPage
      title="Welcome to Aria"
      lead="Create the owner’s account. The link works once; others are let in with npx aria user create."
    >
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        <TextField label="Your name" name="name" autoComplete="name" required autoFocus />
        <TextField label="Email" name="email" type="email" autoComplete="email" required />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={128}
          hint="At least 10 characters."
        />
        {become.error ? <ErrorBox error={become.error} className="m-0" /> : null}
        <Button type="submit" look="primary" size="large" disabled={become.isPending}>
          {become.isPending ? 'Creating…' : 'Create owner and sign in'}
        </Button>
      </form>
    </EntryPage>
  );
}
