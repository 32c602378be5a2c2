//! Mutations of text messages.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::{SmsAccount, SmsMessage};
use crate::{
    domain::sms,
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
        idempotency::idempotency_key,
        scalars::PhoneNumber,
    },
};

/// Which number to verify.
#[derive(InputObject)]
pub struct RequestPhoneVerificationInput {
    /// A mobile number of one of the countries that the server sends text messages to.
    phone: PhoneNumber,
    /// Any text of up to 200 characters: the same key and number within 24 hours sends no second code.
    idempotency_key: Option<String>,
}

/// Answer of requestPhoneVerification.
#[derive(SimpleObject)]
pub struct RequestPhoneVerificationPayload {
    /// The account; its number is not verified yet.
    sms: Option<SmsAccount>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// The code from the text message.
#[derive(InputObject)]
pub struct VerifyPhoneInput {
    /// Six digits, good for 10 minutes and 5 tries.
    ///
    /// By giving the code you agree to receive text messages from Finding Sweetie about your pets and conversations. Message and data rates may apply. Reply STOP to end them, HELP for help.
    #[graphql(secret)]
    code: String,
}

/// Answer of verifyPhone.
#[derive(SimpleObject)]
pub struct VerifyPhonePayload {
    /// The account with its verified number.
    sms: Option<SmsAccount>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// What to send to whom.
#[derive(InputObject)]
pub struct SendSmsInput {
    /// A conversation of the caller with another member.
    conversation_id: ID,
    /// 1 to 320 characters.
    text: String,
    /// As in sendMessage.
    #[graphql(default_with = "Some(Vec::new())")]
    acknowledge: Option<Vec<String>>,
    /// Any text of up to 200 characters: the same key and input within 24 hours gives the first message again and costs
    /// nothing.
    idempotency_key: Option<String>,
}

/// Answer of sendSms.
#[derive(SimpleObject)]
pub struct SendSmsPayload {
    /// The queued message.
    sms_message: Option<SmsMessage>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of text messages.
#[derive(Default)]
pub struct SmsMutation;

#[Object]
impl SmsMutation {
    /// Sends a code to a number; costs no credits. For members who have verified their e-mail address. At most 5 codes
    /// within 10 minutes and 20 a day, and 20 an hour for one network.
    async fn request_phone_verification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which number.")] input: RequestPhoneVerificationInput,
    ) -> async_graphql::Result<RequestPhoneVerificationPayload> {
        let (deps, viewer, origin) = (ctx.deps()?, ctx.viewer()?, ctx.origin()?);
        let input = sms::RequestPhoneVerification {
            idempotency_key: idempotency_key(input.idempotency_key.as_deref(), &input),
            phone: input.phone.0,
        };
        let done = sms::request_phone_verification(deps, viewer, origin, input).await;
        let (account, user_errors) = settle(done)?;
        Ok(RequestPhoneVerificationPayload {
            sms: account.map(SmsAccount),
            user_errors,
        })
    }

    /// Verifies the number with the code, which is also the consent to text messages. The first verification gives 10
    /// credits; a number that another member had verified before is taken from them.
    async fn verify_phone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code.")] input: VerifyPhoneInput,
    ) -> async_graphql::Result<VerifyPhonePayload> {
        let done = sms::verify_phone(ctx.deps()?, ctx.viewer()?, &input.code).await;
        let (account, user_errors) = settle(done)?;
        Ok(VerifyPhonePayload {
            sms: account.map(SmsAccount),
            user_errors,
        })
    }

    /// Sends a text to the phone of the other side of a conversation, without showing either number, and puts it into
    /// the conversation. A reply comes back there. One credit for each segment, at most 10 messages within 24 hours.
    async fn send_sms(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to send to whom.")] input: SendSmsInput,
    ) -> async_graphql::Result<SendSmsPayload> {
        let acknowledged = input.acknowledge.unwrap_or_default();
        // The acknowledgements are not part of the message.
        let input = SendSmsInput {
            acknowledge: None,
            ..input
        };
        let idempotency_key = idempotency_key(input.idempotency_key.as_deref(), &input);
        let done = async {
            let conversation_id = input_id("conversationId", &input.conversation_id)?;
            let input = sms::SendSms {
                conversation_id,
                text: input.text,
                acknowledged,
                idempotency_key,
            };
            sms::send_sms(ctx.deps()?, ctx.viewer()?, input).await
        };
        let (message, user_errors) = settle(done.await)?;
        Ok(SendSmsPayload {
            sms_message: message.map(SmsMessage),
            user_errors,
        })
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_schema_shows_the_text_that_is_agreed_to() {
        assert!(crate::graphql::sdl().contains(crate::domain::sms::CONSENT));
    }
}
