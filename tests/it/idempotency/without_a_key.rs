//! Which mutations take no key, and why each can be repeated all the same.

use std::collections::BTreeSet;

use apollo_compiler::{Schema, schema::ExtendedType};
use finding_sweetie::graphql::sdl;

/// Mutations that need no key, since doing them again leaves what is so: they say what shall be, or end something for
/// good, or are about one thing that is made of another.
const SAY_WHAT_SHALL_BE: &[&str] = &[
    "acceptInvitation",
    "addParticipants",
    "answerClaim",
    "answerTransfer",
    "archiveConversation",
    "assignConversation",
    "blockMember",
    "cancelImport",
    "changeStays",
    "changeEmail",
    "changeStaffRole",
    "clearSearchHistory",
    "closePet",
    "confirmEmailChange",
    "confirmMatch",
    "deleteAccount",
    "deleteConnector",
    "deleteImportMapping",
    "deleteMessage",
    "deleteSavedSearch",
    "deleteWebhook",
    "dismissMatch",
    "editMessage",
    "endStays",
    "extendHold",
    "favoritePet",
    "hidePresenceFrom",
    "judgeClaim",
    "leaveConversation",
    "logOut",
    "markDelivered",
    "markNotificationsRead",
    "markRead",
    "markSavedSearchSeen",
    "muteConversation",
    "noteOwnerContact",
    "reactToMessage",
    "recordAdoptionCheck",
    "releaseHold",
    "removeParticipant",
    "removeStaff",
    "renameConversation",
    "revokeApiKey",
    "revokeSession",
    "saveImportMapping",
    "setSearchHistory",
    "setTyping",
    "undoImport",
    "updateConnector",
    "updatePet",
    "updatePresence",
    "updatePrivacy",
    "updateProfanityFilter",
    "updateProfile",
    "updateSavedSearch",
    "updateShelter",
    "updateWebhook",
    "verifyEmail",
    "verifyPhone",
    "verifyShelter",
    "recordConsent",
    "removePasskey",
    "renamePasskey",
    "withdrawClaim",
    "withdrawInvitation",
    "withdrawTransfer",
    // The same delivery again, which its receiver knows by its id.
    "replayWebhookDelivery",
    // Writes nothing.
    "previewImport",
    // One of each subject, of each upload, of each search in the history, one open offer of each report.
    "recordSearch",
    "reportAbuse",
    "transferPet",
    "uploadPhoto",
    // Each asks for a signature of its own, which is good for one answer.
    "addPasskey",
    "logInWithPasskey",
    "startPasskeyRegistration",
    // Once is all: the second time finds the old password, the old factor or the token gone, and says so. New secrets and
    // codes replace those whose answer got lost.
    "changePassword",
    "confirmTotp",
    "createRecoveryCodes",
    "disableTextCodes",
    "disableTotp",
    "enableTextCodes",
    "finishIdentityLink",
    "resetPassword",
    "startIdentityLink",
    "startTotp",
    "unlinkIdentity",
    // Nobody is logged in before them; what they make is a log-in, or a mail to the member's own address.
    "finishIdentitySignIn",
    "logIn",
    "refreshTokens",
    "register",
    "requestEmailVerification",
    "requestPasswordReset",
    "startIdentitySignIn",
];

#[test]
fn every_mutation_takes_a_key_or_says_what_shall_be() {
    let schema = Schema::parse(sdl(), "schema.graphql").unwrap();
    let ExtendedType::Object(mutations) = &schema.types["Mutation"] else {
        panic!("no mutations")
    };
    let takes_a_key = |input: &str| match &schema.types[input] {
        ExtendedType::InputObject(input) => ["idempotencyKey", "clientKey"]
            .iter()
            .any(|key| input.fields.contains_key(*key)),
        _ => false,
    };
    let without: BTreeSet<&str> = mutations
        .fields
        .iter()
        .filter(|(_, field)| {
            let inputs = field.arguments.iter();
            !inputs.into_iter().any(|input| takes_a_key(input.ty.inner_named_type()))
        })
        .map(|(name, _)| name.as_str())
        .collect();
    let known: BTreeSet<&str> = SAY_WHAT_SHALL_BE.iter().copied().collect();
    let unknown: Vec<&&str> = without.difference(&known).collect();
    assert!(unknown.is_empty(), "these can not be repeated safely: {unknown:?}");
}
