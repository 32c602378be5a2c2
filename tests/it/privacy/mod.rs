//! What members may do with their data as a whole.

mod consents;
mod data_export;
mod delete_account;
mod erased;
