//! The whole schema. Each root type, and the type for the caller's private data, lists what the features contribute.

use std::sync::Arc;

use async_graphql::{
    Context, MergedObject, MergedSubscription, SDLExportOptions, Schema, SchemaBuilder, ValidationMode,
};
use entity::member;

use super::accounts::{
    AccountMutation, AccountQuery, AccountViewer, AddressMutation, IdentityMutation, IdentityQuery, PasskeyMutation,
    PasswordMutation, TwoFactorMutation,
};
use super::audit::AuditQuery;
use super::chat::{
    ChangeMutation, ChatMutation, ChatSubscription, ChatViewer, GroupMutation, InboxMutation, ParticipationMutation,
};
use super::claims::{ClaimMutation, ClaimViewer};
use super::connectors::ConnectorMutation;
use super::custody::{AdoptionMutation, CustodyMutation};
use super::history::HistoryQuery;
use super::matching::{MatchMutation, MatchQuery, MatchSubscription, MatchViewer};
use super::node::NodeQuery;
use super::notifications::{NotificationMutation, NotificationSubscription, NotificationViewer};
use super::pets::{HeatQuery, MapSubscription, PetMutation, PetQuery, PetViewer};
use super::photos::PhotoMutation;
use super::places::PlaceQuery;
use super::privacy::{ConsentMutation, PrivacyMutation, PrivacyViewer};
use super::safety::{SafetyMutation, SafetySubscription, SafetyViewer};
use super::searches::{SearchMutation, SearchViewer};
use super::sharing::SharingMutation;
use super::shelters::{
    DashboardSubscription, ImportMappingMutation, ImportMutation, ImportSubscription, KeyMutation, PreviewMutation,
    ShelterMutation, ShelterQuery, ShelterViewer, StaffMutation,
};
use super::sms::{SmsMutation, SmsViewer, TextCodesMutation};
use super::transfers::TransferMutation;
use super::visual_similarity::VisualSimilarityQuery;
use super::webhooks::WebhookMutation;
use crate::{deps::Deps, kernel::Result};

/// Everything that can be read.
#[derive(MergedObject, Default)]
#[graphql(name = "Query")]
#[rustfmt::skip]
pub struct Query(
    NodeQuery,
    HistoryQuery,
    AccountQuery,
    IdentityQuery,
    AuditQuery,
    PetQuery,
    MatchQuery,
    HeatQuery,
    VisualSimilarityQuery,
    PlaceQuery,
    ShelterQuery,
);

/// Everything that can be done.
#[derive(MergedObject, Default)]
#[graphql(name = "Mutation")]
#[rustfmt::skip]
pub struct Mutation(
    AccountMutation,
    AddressMutation,
    PasskeyMutation,
    PasswordMutation,
    TwoFactorMutation,
    IdentityMutation,
    ConsentMutation,
    PrivacyMutation,
    ChatMutation,
    ChangeMutation,
    GroupMutation,
    InboxMutation,
    ParticipationMutation,
    MatchMutation,
    ClaimMutation,
    ConnectorMutation,
    CustodyMutation,
    AdoptionMutation,
    NotificationMutation,
    PetMutation,
    PhotoMutation,
    SearchMutation,
    SafetyMutation,
    SharingMutation,
    ImportMutation,
    ImportMappingMutation,
    PreviewMutation,
    KeyMutation,
    ShelterMutation,
    StaffMutation,
    SmsMutation,
    TextCodesMutation,
    TransferMutation,
    WebhookMutation,
);

/// Everything that can be listened to, over the `graphql-transport-ws` protocol.
#[derive(MergedSubscription, Default)]
#[graphql(name = "Subscription")]
#[rustfmt::skip]
pub struct Subscription(
    ChatSubscription,
    MapSubscription,
    MatchSubscription,
    NotificationSubscription,
    SafetySubscription,
    ImportSubscription,
    DashboardSubscription,
);

/// A feature's fields of [`Viewer`].
pub trait ViewerPart: Sized {
    /// The fields for that member. Anything that must be read before all other fields of the response is read here.
    fn of(ctx: &Context<'_>, member: &Arc<member::Model>) -> impl Future<Output = Result<Self>> + Send;
}

macro_rules! viewer {
    ($($part:ident,)*) => {
        /// Everything that is private to the logged-in member.
        #[derive(MergedObject)]
        pub struct Viewer($($part),*);

        impl Viewer {
            /// What is private to that member.
            pub async fn of(ctx: &Context<'_>, member: Arc<member::Model>) -> Result<Self> {
                Ok(Self($($part::of(ctx, &member).await?),*))
            }
        }
    };
}

viewer! {
    AccountViewer,
    ChatViewer,
    MatchViewer,
    ClaimViewer,
    NotificationViewer,
    PetViewer,
    PrivacyViewer,
    SafetyViewer,
    SearchViewer,
    ShelterViewer,
    SmsViewer,
}

/// The schema's type.
pub type SweetieSchema = Schema<Query, Mutation, Subscription>;

/// The executable schema. What the library would check is checked in front of it, by `http::graphql`.
pub fn build(deps: Deps) -> SweetieSchema {
    builder().data(deps).finish()
}

/// The schema as text, sorted so that it changes only where it changes.
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .include_specified_by()
        .use_space_ident();
    let sdl = builder().finish().sdl_with_options(options);
    without_built_in_directives(&sdl)
}

/// The library writes out the directives of the language, which every reader knows, and leaves their arguments without
/// a description.
fn without_built_in_directives(sdl: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for line in sdl.lines() {
        if line.starts_with("directive @") {
            // Its description stands in front of it: `"""`, a line, `"""`.
            let described = kept.last() == Some(&"\"\"\"");
            kept.truncate(kept.len().saturating_sub(if described { 3 } else { 0 }));
        } else {
            kept.push(line);
        }
    }
    kept.join("\n") + "\n"
}

fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription::default())
        .validation_mode(ValidationMode::Fast)
        .limit_recursive_depth(64)
        .disable_suggestions()
}
