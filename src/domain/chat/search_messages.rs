//! Full-text search in messages.

use entity::{id::ConversationId, message};

use super::{
    store::{self, Where},
    words::MessageQuery,
};
use crate::{
    deps::{Deps, Limit, MINUTE},
    kernel::{
        Error, Result, Viewer,
        page::{Page, Slice},
    },
};

/// Maximum length of a query in characters.
const LONGEST: usize = 200;

/// Searches of one member: two a second, as fast as people type words.
pub(super) const SEARCHES: Limit = Limit::new("search-messages", 120, "searches in messages", MINUTE);

/// A full-text search in the viewer's conversations.
#[derive(Debug, Clone)]
pub struct Search {
    place: Where,
    wanted: Option<MessageQuery>,
}

impl Search {
    /// Prepares a search in one conversation, or in all in which the viewer currently takes part. The query is treated
    /// as plain words, whatever it contains. A conversation that the viewer may not see gives no results. What looks for
    /// words counts towards the member's limit.
    pub async fn new(deps: &Deps, viewer: &Viewer, query: &str, conversation: Option<ConversationId>) -> Result<Self> {
        let me = viewer.require_member()?;
        if LONGEST < query.chars().count() {
            return Err(Error::BadInput(
                format!("query can have at most {LONGEST} characters").into(),
            ));
        }
        let mut wanted = MessageQuery::parse(query, conversation);
        let mut place = Where::OfMember(me);
        if let Some(id) = conversation {
            place = Where::In(id);
            let seen = store::find_many(deps.db.read(), viewer, &[id]).await?;
            wanted = wanted.filter(|_| !seen.is_empty());
        }
        if wanted.is_some() {
            deps.limit(&SEARCHES, me).await?;
        }
        Ok(Self { place, wanted })
    }

    /// A page of messages that contain all words, newest first. The last word matches as a prefix.
    pub async fn page(&self, deps: &Deps, page: &Page) -> Result<Slice<message::Model>> {
        match &self.wanted {
            Some(wanted) => store::search(deps.db.read(), self.place, wanted, page).await,
            None => Ok(Slice {
                items: Vec::new(),
                has_next: false,
                has_previous: false,
            }),
        }
    }

    /// Number of matching messages.
    pub async fn count(&self, deps: &Deps) -> Result<u64> {
        match &self.wanted {
            Some(wanted) => store::count_found(deps.db.read(), self.place, wanted).await,
            None => Ok(0),
        }
    }
}
