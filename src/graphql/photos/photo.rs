//! A photo.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{
    id::{PetId, PhotoId},
    photo,
};

use super::loaders::{Photos, PhotosOfPets};
use crate::{
    domain::photos,
    graphql::{context::ContextExt, node::visible, scalars::URL},
    kernel::{Error, Result},
};

/// A photo, upright and without the metadata of its file. Photos of pets and members are for everybody; images of a chat
/// are for those who take part in it.
pub struct Photo(pub Arc<photo::Model>);

impl Photo {
    /// The photo with that id, whoever asks: for references of what the viewer may see.
    pub async fn load(ctx: &Context<'_>, id: PhotoId) -> Result<Option<Self>> {
        Ok(ctx.loaders()?.get::<Photos>().load_one(id).await?.map(Self))
    }

    /// The photos of a pet that the viewer may see, in their order.
    pub async fn of_pet(ctx: &Context<'_>, id: PetId) -> Result<Vec<Self>> {
        let photos = ctx.loaders()?.get::<PhotosOfPets>().load_one(id).await?;
        Ok(photos.unwrap_or_default().into_iter().map(Self).collect())
    }

    /// The photo with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let Ok(id) = id.parse() else { return Ok(None) };
        let found = photos::find_visible(ctx.deps()?.db.read(), ctx.viewer()?, id).await;
        Ok(visible(found)?.map(|photo| Self(Arc::new(photo))))
    }
}

/// A photo, upright and without the metadata of its file. Photos of pets and members are for everybody; images of a chat
/// are for those who take part in it.
#[Object]
impl Photo {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Address of the largest copy, at most 2,560 pixels wide and high. That of a chat's image ends after 24 hours: ask
    /// for a new one then.
    async fn url(&self, ctx: &Context<'_>) -> async_graphql::Result<URL> {
        Ok(URL(photos::url(ctx.deps()?, &self.0)))
    }

    /// Address of the smallest copy that is at least so wide, or of the largest copy if there is none.
    async fn thumbnail_url(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 320, desc = "Pixels, 16 to 2,560.")] width: i32,
    ) -> async_graphql::Result<URL> {
        let wanted = u32::try_from(width).ok().filter(|wanted| (16..=2560).contains(wanted));
        let wanted = wanted.ok_or_else(|| {
            let message = format!("width is {width}; a thumbnail is 16 to 2560 pixels wide: ask for such a width");
            Error::BadInput(message.into())
        })?;
        Ok(URL(photos::thumbnail_url(ctx.deps()?, &self.0, wanted)))
    }

    /// Width of the largest copy in pixels.
    async fn width(&self) -> i32 {
        self.0.width
    }

    /// Height of the largest copy in pixels.
    async fn height(&self) -> i32 {
        self.0.height
    }

    /// What can be seen on it, for those who cannot see it; at most 500 characters.
    async fn alt(&self) -> Option<&str> {
        self.0.alt.as_deref()
    }
}
