//! What an archive holds, a section for each kind of thing: which rows are the member's, and which columns are about them.
//! Hashes, search indexes and numbers of our own are left out, and so are notes of moderators and the automatic checks.

use entity::{
    block, claim, consent, credit_entry, favorite, id::MemberId, identity, message, notification, participant, passkey,
    pet, photo, saved_search, search_history_entry, session, share, shelter_staff, sighting, sms_account, sms_message,
};
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;

use super::readable::readable;
use crate::{deps::Deps, kernel::Result};

/// Rows that are read at once.
pub const PAGE: u64 = 500;

/// A kind of thing.
pub struct Section {
    /// Its name in the archive.
    pub name: &'static str,
    /// A page of the member's rows, by its number from 0; a short page is the last.
    pub page: for<'a> fn(&'a Deps, MemberId, u64) -> Rows<'a>,
}

/// Rows that are being read.
type Rows<'a> = BoxFuture<'a, Result<Vec<Value>>>;

macro_rules! sections {
    ($($name:literal = $table:ident of $owner:ident by $order:ident: $($column:ident)+;)*) => {
        /// All sections, in the order of the archive.
        pub const SECTIONS: &[Section] = &[$(Section {
            name: $name,
            page: |deps, member, number| Box::pin(async move {
                let rows = $table::Entity::find()
                    .select_only()
                    $(.column($table::Column::$column))+
                    .filter($table::Column::$owner.eq(member))
                    .order_by_asc($table::Column::$order)
                    .into_json()
                    .paginate(deps.db.read(), PAGE)
                    .fetch_page(number)
                    .await?;
                Ok(rows.into_iter().map(|row| readable($name, row)).collect())
            }),
        },)*];
    };
}

sections! {
    "sessions" = session of MemberId by Id: Id UserAgent Address Place CreatedAt LastUsedAt ExpiresAt RevokedAt;
    "passkeys" = passkey of MemberId by Id: Id Name CreatedAt LastUsedAt;
    "identities" = identity of MemberId by Id: Id Provider Issuer Subject Email LinkedAt LastUsedAt;
    "consents" = consent of MemberId by Id: Purpose Granted Wording Address CreatedAt;
    "staffOf" = shelter_staff of MemberId by ShelterId: ShelterId Role CreatedAt;
    "reports" = pet of ReporterId by Id: Id Kind Status Urgent Species Name Description BreedPrimary BreedSecondary BreedMixed
        BreedRaw Sex Altered Size AgeGroup BirthDate Coat ColorRaw Pattern Markings Collar WeightGrams Microchip
        SecondMicrochip MicrochipRaw PrivateMarks Reward SeenAt Precision Latitude Longitude PlaceLabel City Region PostalCode
        Country Address OriginalText ShelterId Visibility ReportedAt UpdatedAt ClosedAt;
    "sightings" = sighting of ReporterId by Id: Id PetId SeenAt Precision Latitude Longitude PlaceLabel City Region PostalCode
        Country Address Note PhotoId CreatedAt;
    "photos" = photo of OwnerId by Id: Id Purpose ContentType Width Height Alt Withdrawn TakenAt CreatedAt;
    "favorites" = favorite of MemberId by PetId: PetId CreatedAt;
    "savedSearches" = saved_search of MemberId by Id: Id Name Notify Filter CreatedAt UpdatedAt;
    "searchHistory" = search_history_entry of MemberId by Id: Id Filter TimesSearched SearchedAt CreatedAt;
    "claims" = claim of ClaimantId by Id: Id MatchId ClaimantPetId JudgedPetId State Questions PhotoChallenge DecidedAt
        ExpiresAt CreatedAt;
    "conversations" = participant of MemberId by ConversationId: ConversationId IsAdmin ReadUpTo Archived Muted JoinedAt;
    "messages" = message of SenderId by Id: Id ConversationId Text ImageIds ReplyToId SentAt EditedAt DeletedAt;
    "blocks" = block of BlockerId by BlockedId: BlockedId CreatedAt;
    "notifications" = notification of MemberId by Id: Id Kind Title Body Subject ReadAt CreatedAt;
    "phone" = sms_account of MemberId by MemberId: Phone VerifiedAt OptedIn ConsentAt ConsentText Credits;
    "textMessages" = sms_message of MemberId by Id: Id ConversationId Direction Purpose ToPhone FromPhone Body Status CreatedAt
        DeliveredAt;
    "credits" = credit_entry of MemberId by Id: Delta Reason CreatedAt;
    "shares" = share of MemberId by Id: Id PetId Platform Code CreatedAt;
}
