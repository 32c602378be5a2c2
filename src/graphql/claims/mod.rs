//! Claims in the schema.

mod loaders;
mod mutation;
mod object;
mod viewer;

pub use mutation::ClaimMutation;
pub use object::Claim;
pub use viewer::ClaimViewer;
