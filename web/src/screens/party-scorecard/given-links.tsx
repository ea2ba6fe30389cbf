import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { apiQuery } from '../../api-query.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { When } from '../../parts/when.tsx';

/** Links to a scorecard that still open it, each to be taken back; nothing where there is none. */
export function GivenLinks({ party, name }: { party: 'publisher' | 'buyer'; name: string }) {
  const queries = useQueryClient();
  const links = useQuery(apiQuery('listShareLinks', { query: { party, name, limit: 100 } }));
  const revoke = useMutation({
    mutationFn: (id: string) => api('revokeShareLink', { params: { id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['listShareLinks'] }),
  });
  const now = new Date().toISOString();
  const open = (links.data?.items ?? []).filter((link) => link.revoked_at === null && link.expires_at > now);
  if (open.length === 0) return null;
  return (
    <Card title="Links that open this scorecard" className="mb-4">
      {revoke.error ? <ErrorBox error={revoke.error} /> : null}
      <ul className="divide-y divide-line">
        {open.map((link) => (
          <li key={link.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-sm">
            <span>
              {link.from} to {link.to}
            </span>
            <span className="text-ink-2">
              made <When at={link.created_at} /> by {link.made_by}, works until <When at={link.expires_at} />
            </span>
            <Button
              className="ml-auto"
              onClick={() => revoke.mutate(link.id)}
              disabled={revoke.isPending}
              aria-label={`Take back the link for ${link.from} to ${link.to}`}
            >
              Take back
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
