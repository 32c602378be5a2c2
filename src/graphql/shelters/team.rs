//! Mutations of a shelter's staff.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::{Shelter, ShelterStaff, StaffInvitation};
use crate::{
    domain::shelters::{self, Invited},
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
        idempotency::idempotency_key,
        scalars::EmailAddress,
        vocabulary::StaffRole,
    },
};

/// Whom to invite.
#[derive(InputObject)]
pub struct InviteStaffInput {
    /// To which shelter.
    shelter_id: ID,
    /// Address of the invited; they accept with an account of this address.
    email: EmailAddress,
    /// As what.
    role: StaffRole,
    /// Any text of up to 200 characters: the same key and input within 24 hours gives the first
    /// invitation and sends no second mail.
    idempotency_key: Option<String>,
}

/// Answer of inviteStaff.
#[derive(SimpleObject)]
pub struct InviteStaffPayload {
    /// The staff member, if the invited works there in that role already; otherwise null until acceptInvitation.
    staff: Option<ShelterStaff>,
    /// The invitation that is on its way by mail; null if the invited works there already.
    invitation: Option<StaffInvitation>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// The token of an invitation.
#[derive(InputObject)]
pub struct AcceptInvitationInput {
    /// From the mail.
    #[graphql(secret)]
    token: String,
}

/// Answer of acceptInvitation.
#[derive(SimpleObject)]
pub struct AcceptInvitationPayload {
    /// The caller as part of the staff.
    staff: Option<ShelterStaff>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Which invitation to withdraw.
#[derive(InputObject)]
pub struct WithdrawInvitationInput {
    /// One of shelter.invitations.
    id: ID,
}

/// Answer of withdrawInvitation.
#[derive(SimpleObject)]
pub struct WithdrawInvitationPayload {
    /// The invitation as it was, whose token is no longer valid; null when you withdrew it before.
    invitation: Option<StaffInvitation>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Another role for a member of the staff.
#[derive(InputObject)]
pub struct ChangeStaffRoleInput {
    /// Which shelter.
    shelter_id: ID,
    /// Which member of its staff.
    member_id: ID,
    /// The new role.
    role: StaffRole,
}

/// Answer of changeStaffRole.
#[derive(SimpleObject)]
pub struct ChangeStaffRolePayload {
    /// The member of the staff, with the role.
    staff: Option<ShelterStaff>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Who leaves.
#[derive(InputObject)]
pub struct RemoveStaffInput {
    /// Which shelter.
    shelter_id: ID,
    /// Which member.
    member_id: ID,
}

/// Answer of removeStaff.
#[derive(SimpleObject)]
pub struct RemoveStaffPayload {
    /// The shelter.
    shelter: Option<Shelter>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of a shelter's staff.
#[derive(Default)]
pub struct StaffMutation;

#[Object]
impl StaffMutation {
    /// Invites someone to a shelter's staff; a mail with a button to a page follows. For ADMINs of the shelter; at most 50 a day
    /// of one shelter or one member, and 5 a day to one address. The mail names the shelter once it is verified.
    async fn invite_staff(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom, and as what.")] input: InviteStaffInput,
    ) -> async_graphql::Result<InviteStaffPayload> {
        let done = async {
            let idempotency_key = idempotency_key(input.idempotency_key.as_deref(), &input);
            let InviteStaffInput {
                shelter_id,
                email,
                role,
                idempotency_key: _,
            } = input;
            let input = shelters::InviteStaff {
                shelter_id: input_id("shelterId", &shelter_id)?,
                email: email.0,
                role: role.into(),
                idempotency_key,
            };
            shelters::invite_staff(ctx.deps()?, ctx.viewer()?, input).await
        };
        let (invited, user_errors) = settle(done.await)?;
        let (staff, invitation) = match invited {
            Some(Invited::Already(row)) => (Some(ShelterStaff::from(&row)), None),
            Some(Invited::Waiting(row)) => (None, Some(StaffInvitation(row))),
            None => (None, None),
        };
        Ok(InviteStaffPayload {
            staff,
            invitation,
            user_errors,
        })
    }

    /// Joins a shelter's staff with the token from the mail; the account must have the invited address.
    async fn accept_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token.")] input: AcceptInvitationInput,
    ) -> async_graphql::Result<AcceptInvitationPayload> {
        let done = shelters::accept_invitation(ctx.deps()?, ctx.viewer()?, &input.token).await;
        let (staff, user_errors) = settle(done)?;
        Ok(AcceptInvitationPayload {
            staff: staff.as_ref().map(ShelterStaff::from),
            user_errors,
        })
    }

    /// Withdraws an invitation that nobody has accepted. For ADMINs of the shelter. Doing it twice changes nothing.
    async fn withdraw_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which invitation.")] input: WithdrawInvitationInput,
    ) -> async_graphql::Result<WithdrawInvitationPayload> {
        let done = async {
            let id = input_id("id", &input.id)?;
            shelters::withdraw_invitation(ctx.deps()?, ctx.viewer()?, id).await
        };
        let (invitation, user_errors) = settle(done.await)?;
        Ok(WithdrawInvitationPayload {
            invitation: invitation.flatten().map(StaffInvitation),
            user_errors,
        })
    }

    /// Gives a member of a shelter's staff another role, for ADMINs of the shelter; its last ADMIN keeps theirs. The API
    /// keys and pending invitations of an ADMIN who becomes less end.
    async fn change_staff_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose, and which.")] input: ChangeStaffRoleInput,
    ) -> async_graphql::Result<ChangeStaffRolePayload> {
        let done = async {
            let input = shelters::ChangeStaffRole {
                shelter_id: input_id("shelterId", &input.shelter_id)?,
                member_id: input_id("memberId", &input.member_id)?,
                role: input.role.into(),
            };
            shelters::change_staff_role(ctx.deps()?, ctx.viewer()?, input).await
        };
        let (staff, user_errors) = settle(done.await)?;
        Ok(ChangeStaffRolePayload {
            staff: staff.as_ref().map(ShelterStaff::from),
            user_errors,
        })
    }

    /// Removes someone from a shelter's staff. For ADMINs of the shelter, and for members who leave; the last ADMIN
    /// stays. The API keys that they made for it and the invitations that they sent become invalid. Doing it twice
    /// changes nothing.
    async fn remove_staff(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and where.")] input: RemoveStaffInput,
    ) -> async_graphql::Result<RemoveStaffPayload> {
        let done = async {
            let shelter = input_id("shelterId", &input.shelter_id)?;
            let member = input_id("memberId", &input.member_id)?;
            shelters::remove_staff(ctx.deps()?, ctx.viewer()?, shelter, member).await
        };
        let (shelter, user_errors) = settle(done.await)?;
        Ok(RemoveStaffPayload {
            shelter: shelter.map(|row| Shelter(Arc::new(row))),
            user_errors,
        })
    }
}
