//! What killed processes leave behind.

use std::{
    fs::{self, File},
    path::Path,
    time::{Duration, UNIX_EPOCH},
};

use finding_sweetie::work::housekeeping;
use image::ImageFormat;

use super::upload_files::picture;
use crate::{shelters, support::*};

const HOUR: Duration = Duration::from_secs(3600);
const NOBODY: &str = "01h455vb4pex5vsknk084sn02q";

/// All files below a folder.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.path().is_dir() {
            true => found.extend(files(&entry.path())),
            false => found.push(entry.path().display().to_string()),
        }
    }
    found.sort();
    found
}

/// Lets all files below the blobs have been written so long ago.
fn age(app: &TestApp, age: Duration) {
    let now = Duration::from_millis(app.deps.clock.now().0.cast_unsigned());
    for file in files(&app.folder().join("blobs")) {
        let file = File::options().append(true).open(file).unwrap();
        file.set_modified(UNIX_EPOCH + now - age).unwrap();
    }
}

fn write(app: &TestApp, key: &str) {
    let path = app.folder().join("blobs").join(key);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, [7; 100]).unwrap();
}

#[tokio::test]
async fn bytes_that_no_row_names_are_removed_after_a_day_and_all_others_stay() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    // Files to import are for those who work for a shelter.
    shelters::shelter(&app, &ann).await;
    app.run_work().await;
    app.photo(&ann, "PET_PHOTO", picture(9, 9, ImageFormat::Png)).await;
    app.send(&ann, "IMPORT", b"name".to_vec()).await;
    let named = files(&app.folder().join("blobs"));
    for orphan in [
        format!("uploads/upl_{NOBODY}"),
        format!("uploads/upl_{NOBODY}.0190"),
        format!("uploads/upl_{NOBODY}.0190#1"),
        format!("photos/pho_{NOBODY}/original"),
        format!("photos/pho_{NOBODY}/w160#12"),
        format!("imports/imp_{NOBODY}"),
    ] {
        write(&app, &orphan);
    }

    age(&app, 23 * HOUR);
    let young = housekeeping::sweep(&app.deps).await.unwrap();
    assert_eq!(young.files, 0);

    age(&app, 25 * HOUR);
    let old = housekeeping::sweep(&app.deps).await.unwrap();
    assert_eq!((old.files, old.bytes), (6, 600));
    assert_eq!(files(&app.folder().join("blobs")), named);
}
