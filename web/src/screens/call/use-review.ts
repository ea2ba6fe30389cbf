import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ApiInput, api } from '../../api.ts';

export type NewReview = ApiInput<'createReviews'>['body']['reviews'][number];

/** Says something about a call, or takes it back; the call is read anew, since its outcome may be another. */
export function useReview(callId: string, onDone: () => void = () => undefined) {
  const client = useQueryClient();
  const onSuccess = async () => {
    await client.invalidateQueries({ queryKey: ['getCall'] });
    onDone();
  };
  const save = useMutation({
    mutationFn: (reviews: NewReview[]) => api('createReviews', { params: { id: callId }, body: { reviews } }),
    onSuccess,
  });
  const undo = useMutation({
    mutationFn: (id: string) => api('undoReview', { params: { id } }),
    onSuccess,
  });
  return { save, undo };
}
