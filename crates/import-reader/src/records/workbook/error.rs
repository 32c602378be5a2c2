//! Why a workbook is refused.

/// The reason why a workbook, or another file that is no text, cannot be read; each says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WorkbookError {
    /// A workbook of Excel before 2007, or another file of its container.
    #[error("the file is a workbook of the old kind (.xls): save it as CSV or XLSX and send it again")]
    OldFormat,
    /// A workbook of LibreOffice.
    #[error("the file is an OpenDocument workbook (.ods): save it as CSV or XLSX and send it again")]
    OpenDocument,
    /// An archive of something else.
    #[error(
        "the file is an archive without an XLSX workbook in it: unpack it, save the table as CSV or XLSX and send that"
    )]
    OtherArchive,
    /// A workbook that can be opened with a password only.
    #[error("the workbook is locked with a password: remove the password, or save it as CSV, and send it again")]
    Locked,
    /// A workbook that is cut off or breaks its own rules.
    #[error("the workbook is damaged: open it, save it as CSV or XLSX and send it again")]
    Damaged,
    /// More bytes than are read.
    #[error("the workbook is larger than 32 MB: save it as CSV, or split it, and send it again")]
    TooLarge,
    /// More bytes than are unpacked.
    #[error("the workbook unpacks to more than is read (512 MB, and 64 MB of texts): save it as CSV and send it again")]
    TooLargeUnpacked,
    /// More rows than are read.
    #[error("the sheet has more than 200,000 rows: split it and send the parts")]
    TooManyRows,
    /// More columns than are read.
    #[error(
        "the sheet has something in a column behind the thousandth: remove it, or save it as CSV, and send it again"
    )]
    TooManyColumns,
    /// Sheets without a table.
    #[error(
        "no visible sheet of the workbook begins with a table: write the titles of the columns into the first row of a \
         sheet, such as id, species, name, breed and intake date"
    )]
    NoTable,
}
