//! What `kill -9` cuts off in a shelter ends as if nobody had been disturbed: imports, imports that are taken back, and
//! stays that end together.

mod ends;
mod files;
mod haven;
mod imports;
mod told;
mod undone;
