-- What versions are filtered and ordered by, once more, in the order in which they are written: a batch touches the end only, and
-- looking a million versions over takes H2 a fraction of the time that whole rows take.
CREATE INDEX version_fields ON version (
    run, created, id, recipe_base, form, chain, bytes, examples, loss, accuracy_before, accuracy_after, owner, sequence);
