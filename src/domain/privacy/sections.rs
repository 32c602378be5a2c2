//! What an archive holds, a section for each kind of thing: which rows are the member's, and which columns are about them.
//! Hashes, secrets, search indexes and numbers of our own are left out, and so are notes of moderators, the automatic
//! checks, and what others wrote.

use entity::{
    abuse_report, audit_entry, block, chat_settings, claim, claim_try, consent, credit_entry, favorite, id::MemberId,
    identity, last_seen, match_alert, message, message_reaction, message_version, notification, participant, passkey,
    pet, photo, presence_hiding, safety_setting, saved_search, search_history_entry, search_history_opt_out,
    second_factor, session, share, shelter_staff, sighting, sms_account, sms_message,
};
use futures_util::future::BoxFuture;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::SimpleExpr,
};
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

/// Condition: the rows of a member, by the column that holds whose they are, or by a condition on a column.
macro_rules! owned {
    ($column:expr, $member:ident) => {
        $column.eq($member)
    };
    ($column:expr, $member:ident, $condition:ident) => {
        $condition($column, $member)
    };
}

macro_rules! sections {
    ($($name:literal = $table:ident of $owner:ident $(in $condition:ident)? by $($order:ident)+: $($column:ident)+;)*) => {
        /// All sections, in the order of the archive.
        pub const SECTIONS: &[Section] = &[$(Section {
            name: $name,
            page: |deps, member, number| Box::pin(async move {
                let rows = $table::Entity::find()
                    .select_only()
                    $(.column($table::Column::$column))+
                    .filter(owned!($table::Column::$owner, member $(, $condition)?))
                    $(.order_by_asc($table::Column::$order))+
                    .into_json()
                    .paginate(deps.db.read(), PAGE)
                    .fetch_page(number)
                    .await?;
                Ok(rows.into_iter().map(|row| readable($name, row)).collect())
            }),
        },)*];
    };
}

/// Condition: the former content is of a message of the member's.
fn own_messages(column: message_version::Column, member: MemberId) -> SimpleExpr {
    let own = message::Entity::find()
        .select_only()
        .column(message::Column::Id)
        .filter(message::COLUMN.sender_id.eq(member));
    column.in_subquery(own.into_query())
}

/// Condition: the answers are of a claim that the member has opened.
fn own_claims(column: claim_try::Column, member: MemberId) -> SimpleExpr {
    let own = claim::Entity::find()
        .select_only()
        .column(claim::Column::Id)
        .filter(claim::COLUMN.claimant_id.eq(member));
    column.in_subquery(own.into_query())
}

/// Condition: the member did it, by the global id that the audit log names.
fn own_actions(column: audit_entry::Column, member: MemberId) -> SimpleExpr {
    column.eq(member.to_string())
}

/// Condition: somebody else did it to the member's account.
fn done_to_the_account(column: audit_entry::Column, member: MemberId) -> Condition {
    Condition::all()
        .add(column.eq(member.to_string()))
        .add(audit_entry::Column::Actor.ne(member.to_string()))
}

sections! {
    "sessions" = session of MemberId by Id: Id UserAgent Address Place CreatedAt LastUsedAt ExpiresAt RevokedAt;
    "passkeys" = passkey of MemberId by Id: Id Name CreatedAt LastUsedAt;
    "secondFactor" = second_factor of MemberId by MemberId: Method CreatedAt ConfirmedAt;
    "identities" = identity of MemberId by Id: Id Provider Issuer Subject Email LinkedAt LastUsedAt;
    "consents" = consent of MemberId by Id: Purpose Granted Wording Address CreatedAt;
    "staffOf" = shelter_staff of MemberId by ShelterId: ShelterId Role CreatedAt;
    "reports" = pet of ReporterId by Id: Id Kind Status Urgent Species Name Description BreedPrimary BreedSecondary BreedMixed
        BreedRaw Sex Altered Size AgeGroup BirthDate Coat ColorRaw Pattern Markings Collar WeightGrams Microchip
        SecondMicrochip MicrochipRaw PrivateMarks Reward SeenAt Precision Latitude Longitude PlaceLabel City Region PostalCode
        Country Address ShelterId Visibility ReportedAt UpdatedAt ClosedAt;
    "sightings" = sighting of ReporterId by Id: Id PetId SeenAt Precision Latitude Longitude PlaceLabel City Region PostalCode
        Country Address Note PhotoId CreatedAt;
    "photos" = photo of OwnerId by Id: Id Purpose ContentType Width Height Alt Withdrawn TakenAt CreatedAt;
    "favorites" = favorite of MemberId by PetId: PetId CreatedAt;
    "savedSearches" = saved_search of MemberId by Id: Id Name Notify Filter CreatedAt UpdatedAt;
    "searchHistory" = search_history_entry of MemberId by Id: Id Filter TimesSearched SearchedAt CreatedAt;
    "searchHistoryTurnedOff" = search_history_opt_out of MemberId by MemberId: CreatedAt;
    "matchAlerts" = match_alert of MemberId by Number: MatchId Kind Band CreatedAt;
    "claims" = claim of ClaimantId by Id: Id MatchId ClaimantPetId JudgedPetId State Questions PhotoChallenge DecidedAt
        ExpiresAt CreatedAt;
    "claimAnswers" = claim_try of ClaimId in own_claims by ClaimId Number: ClaimId Number Answers PhotoId DocumentId
        AnsweredAt;
    "conversations" = participant of MemberId by ConversationId: ConversationId IsAdmin ReadUpTo Archived Muted JoinedAt;
    "messages" = message of SenderId by Id: Id ConversationId Text ImageIds ReplyToId SentAt EditedAt DeletedAt;
    "formerMessages" = message_version of MessageId in own_messages by MessageId Revision: MessageId Text ImageIds WrittenAt
        ReplacedAt;
    "reactions" = message_reaction of MemberId by MessageId EmojiKey: MessageId Emoji CreatedAt;
    "chatSettings" = chat_settings of MemberId by MemberId: ReadReceipts;
    "safetySettings" = safety_setting of MemberId by MemberId: Profanity Presence;
    "presenceHiddenFrom" = presence_hiding of MemberId by HiddenFrom: HiddenFrom;
    "lastSeen" = last_seen of MemberId by MemberId: SeenAt;
    "blocks" = block of BlockerId by BlockedId: BlockedId CreatedAt;
    "abuseReports" = abuse_report of ReporterId by Id: Id Subject Reason Details CreatedAt;
    "notifications" = notification of MemberId by Id: Id Kind Title Body Subject ReadAt CreatedAt;
    "phone" = sms_account of MemberId by MemberId: Phone VerifiedAt OptedIn ConsentAt ConsentText Credits;
    "textMessages" = sms_message of MemberId by Id: Id ConversationId Direction Purpose ToPhone FromPhone Body Status CreatedAt
        DeliveredAt;
    "credits" = credit_entry of MemberId by Id: Delta Reason CreatedAt;
    "shares" = share of MemberId by Id: Id PetId Platform Code CreatedAt;
    "actions" = audit_entry of Actor in own_actions by Id: Id Action Subject Address CreatedAt;
    "actionsOnAccount" = audit_entry of Subject in done_to_the_account by Id: Id Action CreatedAt;
}
