//! Words for webhooks.

use async_graphql::Enum;
use entity::vocabulary as stored;

/// What a shelter's own system is told of. On the wire the names are in lower case: `animal.left` is ANIMAL_LEFT.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::WebhookEvent")]
pub enum WebhookEvent {
    /// `animal.taken_in`: animals were taken in.
    AnimalTakenIn,
    /// `animal.changed`: something happened in the stays of animals, or was corrected, such as their stage or place.
    AnimalChanged,
    /// `animal.left`: the stays of animals ended.
    AnimalLeft,
    /// `match.found`: a match was found for one of the shelter's reports, or has become likelier by a band.
    MatchFound,
    /// `match.confirmed`: a side of such a match said that it is the same animal.
    MatchConfirmed,
    /// `claim.opened`: somebody claims the animal of such a match.
    ClaimOpened,
    /// `import.finished`: an import has ended, whatever its outcome.
    ImportFinished,
    /// `ping`: nothing happened; testWebhook sends it, to every webhook.
    Ping,
}

/// How far a delivery has come.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::WebhookDeliveryState")]
pub enum WebhookDeliveryState {
    /// It waits for its first or next try.
    Queued,
    /// The shelter's system took it.
    Delivered,
    /// It was given up; replayWebhookDelivery sends it again.
    Failed,
}
