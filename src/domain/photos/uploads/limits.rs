//! What may be uploaded, by purpose.

use entity::vocabulary::UploadPurpose;

use crate::{
    domain::photos::image,
    kernel::{FieldCode, FieldError},
};

/// One mebibyte in bytes; people read it as a megabyte.
pub(super) const MEGABYTE: u64 = 1024 * 1024;

const IMAGES: &[&str] = &["image/jpeg", "image/png", "image/webp"];
const TABLES: &[&str] = &[
    "text/csv",
    "application/json",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/octet-stream",
    "text/plain",
];

/// The most that an upload for that purpose may hold, in bytes.
pub(super) fn max_bytes(purpose: UploadPurpose) -> u64 {
    match purpose {
        UploadPurpose::PetPhoto | UploadPurpose::SearchPhoto | UploadPurpose::ClaimPhoto => image::MAX_BYTES as u64,
        UploadPurpose::ChatImage | UploadPurpose::Avatar => 5 * MEGABYTE,
        UploadPurpose::Import => 200 * MEGABYTE,
    }
}

/// The announced type without its parameters and in lower case, if it is one for that purpose. What arrives is judged
/// by its content; this spares people the way of a file that cannot be taken.
pub(super) fn content_type(purpose: UploadPurpose, raw: &str) -> Result<String, FieldError> {
    let accepted = match purpose {
        UploadPurpose::PetPhoto
        | UploadPurpose::ChatImage
        | UploadPurpose::SearchPhoto
        | UploadPurpose::ClaimPhoto
        | UploadPurpose::Avatar => IMAGES,
        UploadPurpose::Import => TABLES,
    };
    let essence = raw.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if accepted.contains(&essence.as_str()) {
        return Ok(essence);
    }
    let cure = match essence.as_str() {
        "image/heic" | "image/heif" | "image/heic-sequence" | "image/heif-sequence" if accepted == IMAGES => {
            format!("HEIC pictures cannot be taken; {}", image::HEIC_WAY_OUT)
        }
        "image/avif" | "image/avif-sequence" if accepted == IMAGES => {
            format!("AVIF pictures cannot be taken; {}", image::AVIF_WAY_OUT)
        }
        _ => "convert the file first".to_owned(),
    };
    let message = format!(
        "for this purpose contentType must be one of {}: {cure}",
        accepted.join(", ")
    );
    Err(FieldError::new("contentType", FieldCode::Invalid, message))
}

/// The announced size in bytes, if it is within the limit of that purpose.
pub(super) fn byte_size(purpose: UploadPurpose, raw: i64) -> Result<i64, FieldError> {
    let most = max_bytes(purpose);
    let fault = |message| Err(FieldError::new("byteSize", FieldCode::OutOfRange, message));
    match u64::try_from(raw) {
        Ok(0) | Err(_) => fault("byteSize must be at least 1: the file is empty, choose it again".to_owned()),
        Ok(size) if most < size => fault(format!(
            "the file has {size} bytes; at most {most} ({} MB) are allowed for this purpose: send a smaller one",
            most / MEGABYTE
        )),
        Ok(_) => Ok(raw),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_takes_a_file_of_its_limit_and_no_larger_one() {
        for (purpose, most) in [
            (UploadPurpose::PetPhoto, 10 << 20),
            (UploadPurpose::SearchPhoto, 10 << 20),
            (UploadPurpose::ClaimPhoto, 10 << 20),
            (UploadPurpose::ChatImage, 5 << 20),
            (UploadPurpose::Avatar, 5 << 20),
            (UploadPurpose::Import, 200 << 20),
        ] {
            assert_eq!(byte_size(purpose, most), Ok(most));
            let fault = byte_size(purpose, most + 1).unwrap_err();
            assert_eq!(fault.code, FieldCode::OutOfRange);
            assert!(fault.message.contains(&most.to_string()), "{}", fault.message);
        }
        for nothing in [0, -1, i64::MIN] {
            assert!(byte_size(UploadPurpose::Import, nothing).is_err());
        }
    }

    #[test]
    fn a_type_is_compared_without_case_and_parameters() {
        assert_eq!(
            content_type(UploadPurpose::Import, " Text/CSV; charset=utf-8"),
            Ok("text/csv".to_owned())
        );
        let workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        assert_eq!(content_type(UploadPurpose::Import, workbook), Ok(workbook.to_owned()));
        for wrong in ["", "image/gif", "image/svg+xml", "text/html", "image/jpeg\r\nx: y"] {
            let fault = content_type(UploadPurpose::PetPhoto, wrong).unwrap_err();
            assert!(fault.message.contains("image/webp"), "{}", fault.message);
        }
        assert!(content_type(UploadPurpose::Import, "image/png").is_err());
    }

    #[test]
    fn whoever_has_a_phone_is_told_what_to_do() {
        for (purpose, heic) in [
            (UploadPurpose::PetPhoto, "image/heic"),
            (UploadPurpose::ChatImage, "image/HEIF"),
            (UploadPurpose::SearchPhoto, "image/heic-sequence"),
        ] {
            let fault = content_type(purpose, heic).unwrap_err();
            assert_eq!(fault.code, FieldCode::Invalid);
            for word in ["HEIC", "Most Compatible", "screenshot", "image/jpeg"] {
                assert!(fault.message.contains(word), "{}", fault.message);
            }
        }
        let fault = content_type(UploadPurpose::PetPhoto, "image/avif").unwrap_err();
        for word in ["AVIF", "JPEG", "screenshot"] {
            assert!(fault.message.contains(word), "{}", fault.message);
        }
    }
}
