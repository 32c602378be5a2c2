//! What guards a cell from spreadsheets is taken off again by the reader.

use proptest::prelude::*;
use shelter_exports::csv;

proptest! {
    #[test]
    fn the_reader_restores_cells_as_the_writer_does(
        text in "['=+@\\- \t\r\n＝＠0-9.a\u{200b}]{0,8}",
        any in any::<String>(),
    ) {
        for text in [text, any] {
            let safe = csv::neutralised(&text);
            prop_assert_eq!(import_reader::restored(&safe), text.as_str());
            prop_assert_eq!(import_reader::restored(&text), csv::restored(&text));
        }
    }
}
