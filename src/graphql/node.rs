//! `node` and `nodes`: any entity by its id. What the viewer may not see and what is not there answer alike.

use async_graphql::{Context, ID, Interface, Object};
use entity::id::{
    ApiKeyId, AuditEntryId, ClaimId, ConnectorId, ConversationId, DataExportId, IdentityId, ImportId, InvitationId,
    MatchId, MemberId, MessageId, NotificationId, PetId, PhotoId, SavedSearchId, SearchHistoryEntryId, SessionId,
    ShelterAnimalId, ShelterId, SightingId, SmsMessageId, StayId, TransferId, UploadId, WebhookDeliveryId, WebhookId,
};

use super::{
    accounts::{Identity, Member, Session},
    audit::AuditEntry,
    chat::{Conversation, Message},
    claims::Claim,
    connectors::Connector,
    custody::{ShelterAnimal, Stay},
    error::nullable,
    matching::Match,
    notifications::Notification,
    pets::{Pet, Sighting},
    photos::{Photo, Upload},
    privacy::DataExport,
    searches::{SavedSearch, SearchHistoryEntry},
    shelters::{ApiKey, Import, Shelter, StaffInvitation},
    sms::SmsMessage,
    transfers::Transfer,
    webhooks::{Webhook, WebhookDelivery},
};
use crate::kernel::{Error, Result};

macro_rules! nodes {
    ($($(#[$doc:meta])* $entity:ident: $id:ident;)*) => {
        /// An entity with an id that is unique over all kinds of entities.
        #[derive(Interface)]
        #[graphql(field(name = "id", ty = "ID", desc = "Opaque id; `node` finds the entity by it."))]
        pub enum Node {
            $($(#[$doc])* $entity($entity),)*
        }

        /// Looks an id up by its prefix.
        pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Node>> {
            let prefix = id.split_once('_').map_or("", |(prefix, _)| prefix);
            let found = match prefix {
                $($id::PREFIX => $entity::find(ctx, id).await?.map(Node::$entity),)*
                _ => None,
            };
            Ok(found)
        }
    };
}

nodes! {
    /// A member.
    Member: MemberId;
    /// A log-in of the viewer.
    Session: SessionId;
    /// An account at another service with which the viewer can sign in.
    Identity: IdentityId;
    /// A conversation of the viewer.
    Conversation: ConversationId;
    /// A message in a conversation of the viewer.
    Message: MessageId;
    /// A photo of a pet or member, or an image that the viewer sent to a chat.
    Photo: PhotoId;
    /// A file that the viewer announced.
    Upload: UploadId;
    /// A pair of reports, for who has one of them.
    Match: MatchId;
    /// A claim to the animal of a match, for its two sides.
    Claim: ClaimId;
    /// A notification of the viewer.
    Notification: NotificationId;
    /// A report of a pet.
    Pet: PetId;
    /// A text message of the viewer's account.
    SmsMessage: SmsMessageId;
    /// A saved search of the viewer.
    SavedSearch: SavedSearchId;
    /// An entry of the viewer's search history.
    SearchHistoryEntry: SearchHistoryEntryId;
    /// Someone saw a lost pet.
    Sighting: SightingId;
    /// A shelter.
    Shelter: ShelterId;
    /// An animal of a shelter that the viewer works for.
    ShelterAnimal: ShelterAnimalId;
    /// A stay of an animal in such a shelter.
    Stay: StayId;
    /// An offer of an animal to or by such a shelter, or by the viewer.
    Transfer: TransferId;
    /// A key of a shelter that the viewer administers.
    ApiKey: ApiKeyId;
    /// An invitation to the staff of a shelter that the viewer administers.
    StaffInvitation: InvitationId;
    /// An archive of the viewer's data.
    DataExport: DataExportId;
    /// An import of a shelter that the viewer imports for.
    Import: ImportId;
    /// A connector of a shelter whose connectors the viewer manages.
    Connector: ConnectorId;
    /// A webhook of a shelter whose webhooks the viewer manages.
    Webhook: WebhookId;
    /// Something that is delivered to such a webhook.
    WebhookDelivery: WebhookDeliveryId;
    /// An entry of the audit log, for admins.
    AuditEntry: AuditEntryId;
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

/// Null instead of "not found" or "forbidden".
pub fn visible<T>(result: Result<T>) -> Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound(_) | Error::Forbidden(_) | Error::Unauthenticated) => Ok(None),
        Err(error) => Err(error),
    }
}
