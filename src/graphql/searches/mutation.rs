//! Saving searches, and the history of searches.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};

use super::{SavedSearch, SearchHistoryEntry};
use crate::{
    domain::{
        pets::search::Filter,
        searches::{self, SearchChanges, fault_of_filter},
    },
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
        idempotency::idempotency_key,
        pets::PetFilter,
        vocabulary::SearchNotify,
    },
    kernel::{Error, FieldCode, Result},
};

/// A search to keep.
#[derive(InputObject)]
pub struct CreateSavedSearchInput {
    /// What to call it, 1 to 80 characters.
    name: String,
    /// What to look for; everything when left out. A list without values is refused. A place in words is looked up now
    /// and stays where it is.
    filter: Option<PetFilter>,
    /// How to hear of new reports.
    #[graphql(default_with = "Some(SearchNotify::Daily)")]
    notify: Option<SearchNotify>,
    /// Any text of up to 200 characters: the same key and input within 24 hours gives the first search again.
    idempotency_key: Option<String>,
}

/// Changes of a saved search. What is left out stays.
#[derive(InputObject)]
pub struct UpdateSavedSearchInput {
    /// Which saved search.
    id: ID,
    /// What to call it, 1 to 80 characters; cannot be emptied.
    name: MaybeUndefined<String>,
    /// What to look for, as a whole; null is everything.
    filter: MaybeUndefined<PetFilter>,
    /// How to hear of new reports; null is NEVER.
    notify: MaybeUndefined<SearchNotify>,
}

/// Which saved search is not wanted any more.
#[derive(InputObject)]
pub struct DeleteSavedSearchInput {
    /// Which saved search.
    id: ID,
}

/// Which saved search was looked at.
#[derive(InputObject)]
pub struct MarkSavedSearchSeenInput {
    /// Which saved search.
    id: ID,
}

/// A search that the member made.
#[derive(InputObject)]
pub struct RecordSearchInput {
    /// What was looked for; everything when left out. A list without values is refused.
    filter: Option<PetFilter>,
}

/// What to forget.
#[derive(InputObject)]
pub struct ClearSearchHistoryInput {
    /// Which entry; the whole history when left out.
    id: Option<ID>,
}

/// Whether to keep a history.
#[derive(InputObject)]
pub struct SetSearchHistoryInput {
    /// True remembers searches from now on; false forgets all of them and remembers no more.
    enabled: bool,
}

/// Answer of createSavedSearch.
#[derive(SimpleObject)]
pub struct CreateSavedSearchPayload {
    /// The saved search.
    saved_search: Option<SavedSearch>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of updateSavedSearch.
#[derive(SimpleObject)]
pub struct UpdateSavedSearchPayload {
    /// The saved search as it is now.
    saved_search: Option<SavedSearch>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of deleteSavedSearch.
#[derive(SimpleObject)]
pub struct DeleteSavedSearchPayload {
    /// The id of what was deleted.
    deleted_id: Option<ID>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of markSavedSearchSeen.
#[derive(SimpleObject)]
pub struct MarkSavedSearchSeenPayload {
    /// The saved search as it is now.
    saved_search: Option<SavedSearch>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of recordSearch.
#[derive(SimpleObject)]
pub struct RecordSearchPayload {
    /// The entry of the history; null when the member keeps none.
    entry: Option<SearchHistoryEntry>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of clearSearchHistory.
#[derive(SimpleObject)]
pub struct ClearSearchHistoryPayload {
    /// How many entries were forgotten; null when something is to be corrected.
    cleared_count: Option<i32>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of setSearchHistory.
#[derive(SimpleObject)]
pub struct SetSearchHistoryPayload {
    /// Whether searches are remembered now; null when something is to be corrected.
    enabled: Option<bool>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of searches.
#[derive(Default)]
pub struct SearchMutation;

#[Object]
impl SearchMutation {
    /// Saves a search under a name, at most 50 for each member. What already matches counts as seen; the member hears
    /// of new matches as they wish.
    async fn create_saved_search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The search.")] input: CreateSavedSearchInput,
    ) -> async_graphql::Result<CreateSavedSearchPayload> {
        let done = async {
            let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
            viewer.require_member()?;
            let notify = input.notify.unwrap_or(SearchNotify::Daily);
            let input = CreateSavedSearchInput {
                notify: Some(notify),
                ..input
            };
            let key = idempotency_key(input.idempotency_key.as_deref(), &input);
            let input = searches::CreateSavedSearch {
                name: input.name,
                filter: filter(input.filter.unwrap_or_default())?,
                notify: notify.into(),
                idempotency_key: key,
            };
            searches::create_saved_search(deps, viewer, input).await
        };
        let (done, user_errors) = settle(done.await)?;
        Ok(CreateSavedSearchPayload {
            saved_search: done.map(SavedSearch),
            user_errors,
        })
    }

    /// Changes one of the caller's saved searches. It does not notify again about a report that it has already notified
    /// about.
    async fn update_saved_search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: UpdateSavedSearchInput,
    ) -> async_graphql::Result<UpdateSavedSearchPayload> {
        let done = async {
            let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
            viewer.require_member()?;
            let id = input_id("id", &input.id)?;
            searches::update_saved_search(deps, viewer, id, input.changes()?).await
        };
        let (done, user_errors) = settle(done.await)?;
        Ok(UpdateSavedSearchPayload {
            saved_search: done.map(SavedSearch),
            user_errors,
        })
    }

    /// Deletes one of the caller's saved searches, which then sends nothing any more. Doing it twice changes nothing.
    async fn delete_saved_search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: DeleteSavedSearchInput,
    ) -> async_graphql::Result<DeleteSavedSearchPayload> {
        let done = async {
            let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
            viewer.require_member()?;
            searches::delete_saved_search(deps, viewer, input_id("id", &input.id)?).await
        };
        let (done, user_errors) = settle(done.await)?;
        Ok(DeleteSavedSearchPayload {
            deleted_id: done.map(|id| id.to_string().into()),
            user_errors,
        })
    }

    /// Says that the caller has looked at what a saved search finds: its newCount is 0 until the next report comes in.
    async fn mark_saved_search_seen(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: MarkSavedSearchSeenInput,
    ) -> async_graphql::Result<MarkSavedSearchSeenPayload> {
        let done = async {
            let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
            viewer.require_member()?;
            searches::mark_saved_search_seen(deps, viewer, input_id("id", &input.id)?).await
        };
        let (done, user_errors) = settle(done.await)?;
        Ok(MarkSavedSearchSeenPayload {
            saved_search: done.map(SavedSearch),
            user_errors,
        })
    }

    /// Puts a search on top of the caller's history, which holds the last 50 different ones; the same again is counted.
    /// A client calls it when a person submits a search, since queries change nothing.
    async fn record_search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The search.")] input: RecordSearchInput,
    ) -> async_graphql::Result<RecordSearchPayload> {
        let done = async {
            let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
            viewer.require_member()?;
            searches::record_search(deps, viewer, filter(input.filter.unwrap_or_default())?).await
        };
        let (done, user_errors) = settle(done.await)?;
        Ok(RecordSearchPayload {
            entry: done.flatten().map(SearchHistoryEntry),
            user_errors,
        })
    }

    /// Forgets one entry of the caller's history, or all of it.
    async fn clear_search_history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to forget.")] input: ClearSearchHistoryInput,
    ) -> async_graphql::Result<ClearSearchHistoryPayload> {
        let done = async {
            let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
            viewer.require_member()?;
            let id = input.id.map(|id| input_id("id", &id)).transpose()?;
            searches::clear_search_history(deps, viewer, id).await
        };
        let (done, user_errors) = settle(done.await)?;
        Ok(ClearSearchHistoryPayload {
            cleared_count: done.map(|count| i32::try_from(count).unwrap_or(i32::MAX)),
            user_errors,
        })
    }

    /// Says whether the caller's searches are remembered; they are, unless the caller says otherwise.
    async fn set_search_history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whether.")] input: SetSearchHistoryInput,
    ) -> async_graphql::Result<SetSearchHistoryPayload> {
        let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
        let done = match input.enabled {
            true => searches::keep_search_history(deps, viewer).await,
            false => searches::stop_search_history(deps, viewer).await,
        };
        let (done, user_errors) = settle(done)?;
        Ok(SetSearchHistoryPayload {
            enabled: done.map(|()| input.enabled),
            user_errors,
        })
    }
}

impl UpdateSavedSearchInput {
    fn changes(self) -> Result<SearchChanges> {
        let name = match self.name {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Value(name) => Some(name),
            MaybeUndefined::Null => {
                let message = "name cannot be emptied: leave it out to keep it";
                return Err(Error::field("name", FieldCode::Required, message));
            }
        };
        let wanted = match self.filter {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(Filter::default()),
            MaybeUndefined::Value(wanted) => Some(filter(wanted)?),
        };
        let notify = match self.notify {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(SearchNotify::Never),
            MaybeUndefined::Value(notify) => Some(notify),
        };
        Ok(SearchChanges {
            name,
            filter: wanted,
            notify: notify.map(SearchNotify::into),
        })
    }
}

/// The filter in the words of the domain; what is wrong with it is a fault of the field.
fn filter(input: PetFilter) -> Result<Filter> {
    input.filter().map_err(fault_of_filter)
}
