//! A file of SQLite: how it is opened, written and kept in its place.

mod checkpoints;
mod file;
mod group_commit;
mod options;

pub use self::{file::sqlite_file, group_commit::Company};

pub(super) use self::{
    checkpoints::Checkpoints,
    file::DatabaseFile,
    group_commit::{GroupCommitter, GroupedWrite},
    options::connect_options,
};
