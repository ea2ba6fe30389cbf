-- Folding first notes which calls repeat earlier ones, in a transaction of its own, and sums the calls in another: the
-- second takes away the marks that the first saw, and no mark that was set in between.
alter table rollup_mark add column id bigint generated always as identity;
