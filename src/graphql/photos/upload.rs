//! An upload.

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::upload;

use crate::{
    domain::photos,
    graphql::{
        context::ContextExt,
        node::visible,
        scalars::{DateTime, URL},
    },
    kernel::Result,
};

/// A file that was announced; only who announced it sees it. Its bytes are sent to its url, once.
pub struct Upload(pub upload::Model);

/// A header of an HTTP request.
#[derive(SimpleObject)]
pub struct UploadHeader {
    /// Its name.
    name: &'static str,
    /// Its value.
    value: String,
}

impl Upload {
    /// The viewer's upload with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let Ok(id) = id.parse() else { return Ok(None) };
        let found = photos::find_upload(ctx.deps()?, ctx.viewer()?, id).await;
        Ok(visible(found)?.map(Self))
    }
}

/// A file that was announced; only who announced it sees it. Its bytes are sent to its url, once.
#[Object]
impl Upload {
    /// Opaque id; uploadPhoto, photoSearch and importPets take it when the bytes were sent.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Where the bytes go, without any token: whoever has the address may send them, once.
    async fn url(&self, ctx: &Context<'_>) -> async_graphql::Result<URL> {
        Ok(URL(photos::upload_url(ctx.deps()?, &self.0)))
    }

    /// Method of the HTTP request.
    async fn method(&self) -> &'static str {
        "PUT"
    }

    /// Headers to send with the bytes.
    async fn headers(&self) -> Vec<UploadHeader> {
        vec![UploadHeader {
            name: "Content-Type",
            value: self.0.content_type.clone(),
        }]
    }

    /// Until when the bytes may be sent: an hour after the file was announced.
    async fn expires_at(&self) -> DateTime {
        self.0.expires_at.into()
    }
}
