//! What members may do with their data as a whole.

mod data_export;
mod delete_account;
