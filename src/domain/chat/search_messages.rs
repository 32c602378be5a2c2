//! Finds messages by their words.

use entity::{id::ConversationId, message};

use super::{
    store::{self, Where},
    words::Wanted,
};
use crate::{
    deps::Deps,
    kernel::{
        Error, Result, Viewer,
        page::{Page, Slice},
    },
};

/// Most characters of a search.
const LONGEST: usize = 200;

/// What somebody looks for in their conversations.
#[derive(Debug, Clone)]
pub struct Search {
    place: Where,
    wanted: Option<Wanted>,
}

impl Search {
    /// A search of the viewer in one conversation, or in all in which they take part now. Text of any kind may be looked
    /// for; it is taken for words and nothing else. In a conversation that the viewer may not see there is nothing.
    pub async fn new(deps: &Deps, viewer: &Viewer, query: &str, conversation: Option<ConversationId>) -> Result<Self> {
        let me = viewer.require_member()?;
        if LONGEST < query.chars().count() {
            return Err(Error::BadInput(
                format!("query can have at most {LONGEST} characters").into(),
            ));
        }
        let mut wanted = Wanted::parse(query, conversation);
        let mut place = Where::OfMember(me);
        if let Some(id) = conversation {
            place = Where::In(id);
            let seen = store::find_many(deps.db.read(), viewer, &[id]).await?;
            wanted = wanted.filter(|_| !seen.is_empty());
        }
        Ok(Self { place, wanted })
    }

    /// A page of the messages that hold every word, the last of them as the beginning of one; newest first.
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

    /// How many there are.
    pub async fn count(&self, deps: &Deps) -> Result<u64> {
        match &self.wanted {
            Some(wanted) => store::count_found(deps.db.read(), self.place, wanted).await,
            None => Ok(0),
        }
    }
}
