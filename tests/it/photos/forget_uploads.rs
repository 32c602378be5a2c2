use std::time::Duration;

use finding_sweetie::domain::photos;
use image::ImageFormat;

use super::upload_files::picture;
use crate::support::*;

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn uploads_that_nobody_used_are_forgotten_with_their_bytes() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    crate::shelters::shelter(&app, &ann).await;
    app.announce(&ann, "PET_PHOTO", 9).await;
    app.send(&ann, "IMPORT", b"name".to_vec()).await;
    let photo = app.photo(&ann, "PET_PHOTO", picture(9, 9, ImageFormat::Png)).await;

    app.clock.advance(24 * HOUR);
    photos::forget_uploads(&app.deps).await.unwrap();
    assert_eq!((app.count("uploads").await, app.blobs("uploads").len()), (3, 1));

    app.clock.advance(2 * HOUR);
    photos::forget_uploads(&app.deps).await.unwrap();
    assert_eq!((app.count("uploads").await, app.blobs("uploads").len()), (2, 1));

    app.clock.advance(7 * 24 * HOUR);
    photos::forget_uploads(&app.deps).await.unwrap();
    assert_eq!((app.count("uploads").await, app.blobs("uploads").len()), (1, 0));
    assert_eq!(app.get(app.path(photo["url"].as_str().unwrap())).await.status(), 200);
}
