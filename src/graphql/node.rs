//! `node` and `nodes`: any entity by its id. What the viewer may not see and what is not there answer alike.

use async_graphql::{Context, ID, Interface, Object};

use super::{
    accounts::{Member, Session},
    chat::{Conversation, Message},
    error::nullable,
    matching::Match,
    notifications::Notification,
    pets::{Pet, Sighting},
    photos::{Photo, Upload},
    searches::{SavedSearch, SearchHistoryEntry},
    shelters::{ApiKey, Import, Shelter, StaffInvitation},
    sms::SmsMessage,
};
use crate::kernel::{Error, Result};

/// An entity with an id that is unique over all kinds of entities.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Opaque id; `node` finds the entity by it."))]
pub enum Node {
    /// A member.
    Member(Member),
    /// A log-in of the viewer.
    Session(Session),
    /// A conversation of the viewer.
    Conversation(Conversation),
    /// A message in a conversation of the viewer.
    Message(Message),
    /// A photo of a pet or member, or an image that the viewer sent to a chat.
    Photo(Photo),
    /// A file that the viewer announced.
    Upload(Upload),
    /// A pair of reports, for who has one of them.
    Match(Match),
    /// A notification of the viewer.
    Notification(Notification),
    /// A report of a pet.
    Pet(Pet),
    /// A text message of the viewer's account.
    SmsMessage(SmsMessage),
    /// A saved search of the viewer.
    SavedSearch(SavedSearch),
    /// An entry of the viewer's search history.
    SearchHistoryEntry(SearchHistoryEntry),
    /// Someone saw a lost pet.
    Sighting(Sighting),
    /// A shelter.
    Shelter(Shelter),
    /// A key of a shelter that the viewer administers.
    ApiKey(ApiKey),
    /// An invitation to the staff of a shelter that the viewer administers.
    StaffInvitation(StaffInvitation),
    /// An import of a shelter that the viewer imports for.
    Import(Import),
}

/// Root fields for entities of every kind.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The entity with that id; null if there is none or the caller may not see it.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Any id that this API gave out.")] id: ID,
    ) -> Option<async_graphql::Result<Node>> {
        nullable(find(ctx, &id)).await
    }

    /// The entities with those ids, in their order; null in the place of what is not there or not for the caller.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 100 ids.")] ids: Vec<ID>,
    ) -> async_graphql::Result<Vec<Option<Node>>> {
        if 100 < ids.len() {
            return Err(Error::BadInput("nodes takes at most 100 ids: split them over several requests".into()).into());
        }
        let found = ids.iter().map(|id| find(ctx, id));
        Ok(futures_util::future::try_join_all(found).await?)
    }
}

/// Looks an id up by its prefix.
pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Node>> {
    let prefix = id.split_once('_').map_or("", |(prefix, _)| prefix);
    let found = match prefix {
        "mem" => Member::find(ctx, id).await?.map(Node::Member),
        "mat" => Match::find(ctx, id).await?.map(Node::Match),
        "not" => Notification::find(ctx, id).await?.map(Node::Notification),
        "pho" => Photo::find(ctx, id).await?.map(Node::Photo),
        "upl" => Upload::find(ctx, id).await?.map(Node::Upload),
        "ses" => Session::find(ctx, id).await?.map(Node::Session),
        "con" => Conversation::find(ctx, id).await?.map(Node::Conversation),
        "msg" => Message::find(ctx, id).await?.map(Node::Message),
        "sig" => Sighting::find(ctx, id).await?.map(Node::Sighting),
        "pet" => Pet::find(ctx, id).await?.map(Node::Pet),
        "sms" => SmsMessage::find(ctx, id).await?.map(Node::SmsMessage),
        "sav" => SavedSearch::find(ctx, id).await?.map(Node::SavedSearch),
        "his" => SearchHistoryEntry::find(ctx, id).await?.map(Node::SearchHistoryEntry),
        "she" => Shelter::find(ctx, id).await?.map(Node::Shelter),
        "key" => ApiKey::find(ctx, id).await?.map(Node::ApiKey),
        "inv" => StaffInvitation::find(ctx, id).await?.map(Node::StaffInvitation),
        "imp" => Import::find(ctx, id).await?.map(Node::Import),
        _ => None,
    };
    Ok(found)
}

/// Null instead of "not found" or "forbidden".
pub fn visible<T>(result: Result<T>) -> Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound(_) | Error::Forbidden(_) | Error::Unauthenticated) => Ok(None),
        Err(error) => Err(error),
    }
}
