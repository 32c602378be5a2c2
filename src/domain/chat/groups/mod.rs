//! Groups, and who takes part in them.

mod add_participants;
mod group;
mod leave_conversation;
mod remove_participant;
mod rename_conversation;
mod start_group;

pub use add_participants::{AddParticipants, add_participants};
pub use group::MOST_MEMBERS;
pub use leave_conversation::leave_conversation;
pub use remove_participant::{RemoveParticipant, remove_participant};
pub use rename_conversation::{RenameConversation, rename_conversation};
pub use start_group::{StartGroup, start_group};
