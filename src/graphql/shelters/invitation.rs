//! Who is invited to a shelter's staff.

use async_graphql::{Context, ID, Object};
use entity::{
    id::{InvitationId, ShelterId},
    staff_invitation,
};

use super::Shelter;
use crate::{
    domain::shelters,
    graphql::{
        accounts::Member,
        context::ContextExt,
        error::nullable,
        node::visible,
        scalars::{DateTime, EmailAddress},
        vocabulary::StaffRole,
    },
    kernel::Result,
};

/// An invitation that waits for its answer; the token is in the mail and nowhere else. The shelter's ADMINs see it.
pub struct StaffInvitation(pub staff_invitation::Model);

impl StaffInvitation {
    /// The invitation with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let Ok(id) = id.parse::<InvitationId>() else {
            return Ok(None);
        };
        let deps = ctx.deps()?;
        let actor = ctx.loaders()?.actor(deps).await?;
        let found = shelters::find_invitation(deps.db.read(), &actor, id, deps.clock.now()).await;
        Ok(visible(found)?.map(Self))
    }

    /// Those of a shelter that wait, newest first; `None` for those who may not see them.
    pub(super) async fn of_shelter(ctx: &Context<'_>, id: ShelterId) -> Result<Option<Vec<Self>>> {
        let deps = ctx.deps()?;
        let actor = ctx.loaders()?.actor(deps).await?;
        let found = shelters::invitations_of(deps.db.read(), &actor, id, deps.clock.now()).await?;
        Ok(found.map(|found| found.into_iter().map(Self).collect()))
    }
}

/// An invitation that waits for its answer; the token is in the mail and nowhere else. The shelter's ADMINs see it.
#[Object]
impl StaffInvitation {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// To which shelter.
    async fn shelter(&self, ctx: &Context<'_>) -> async_graphql::Result<Shelter> {
        Ok(Shelter::of_row(ctx, self.0.shelter_id).await?)
    }

    /// Who is invited.
    async fn email(&self) -> EmailAddress {
        EmailAddress(self.0.email.clone())
    }

    /// As what.
    async fn role(&self) -> StaffRole {
        self.0.role.into()
    }

    /// Who has sent it. It ends when they leave the staff.
    async fn invited_by(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Member>> {
        nullable(Member::load(ctx, self.0.invited_by)).await
    }

    /// When it was sent.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When the invitation ends.
    async fn expires_at(&self) -> DateTime {
        self.0.expires_at.into()
    }
}
