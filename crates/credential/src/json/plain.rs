//! How is an error of the JSON reader said to somebody who wrote the JSON by hand?

/// The words of serde, where they are Rust's, in those of JSON; any other text as it is.
pub(super) fn plain(message: &str) -> String {
    let Some((found, expected)) =
        message.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected "))
    else {
        return slip(message).unwrap_or(message).to_owned();
    };
    let found = match found.split_once(' ') {
        None if found == "map" => "an object {…}".to_owned(),
        None if found == "sequence" => "a list […]".to_owned(),
        Some(("string", text)) => format!("the text {text}"),
        Some(("integer", number)) => format!("the number {}", number.trim_matches('`')),
        Some(("floating", number)) => format!("the number {}", number.trim_start_matches("point ").trim_matches('`')),
        Some(("boolean", value)) => value.trim_matches('`').to_owned(),
        _ => found.to_owned(),
    };
    let expected = match expected {
        "a string" | "a borrowed string" => "a text in quotes",
        "a map" => "an object {…}",
        "a sequence" => "a list […]",
        "a boolean" => "true or false",
        "f32" | "f64" => "a number without quotes",
        "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" | "isize" => {
            "a whole number without quotes"
        }
        of if of.starts_with("struct ") => "an object {…}",
        other => other,
    };
    format!("found {found}, expected {expected}")
}

/// What somebody who typed it may have slipped on.
fn slip(message: &str) -> Option<&'static str> {
    Some(match message {
        "key must be a string" => {
            "the name of a member is expected, in straight quotes \" (not “ ”); JSON knows no comments"
        }
        "expected value" => {
            "a value is expected: a text in straight quotes \" (not “ ”), a number, true, false, null, [ or {"
        }
        "trailing comma" => "a comma too many before the closing bracket",
        "expected `,` or `}`" => "a comma or } is expected; a number has a decimal point, not a comma",
        "expected `,` or `]`" => "a comma or ] is expected; a number has a decimal point, not a comma",
        "EOF while parsing an object" | "EOF while parsing a list" | "EOF while parsing a value" => {
            "the text ends too early: a bracket or a brace is not closed"
        }
        "EOF while parsing a string" => "the text ends too early: a quote is not closed",
        "trailing characters" => "there is more after the end of the document",
        _ => return None,
    })
}

/// The same of a message that ends with its place: `… at line 4 column 3`.
pub(super) fn plain_with_place(message: &str) -> String {
    match message.rsplit_once(" at line ") {
        Some((head, place)) => format!("{} at line {place}", plain(head)),
        None => plain(message),
    }
}

#[cfg(test)]
mod tests {
    use crate::json;

    fn of<T: serde::de::DeserializeOwned>(text: &str) -> String {
        json::view::<T>(text).map(drop).unwrap_err().to_string()
    }

    #[test]
    fn what_stands_in_the_place_of_something_else_is_said_in_the_words_of_json() {
        assert_eq!(of::<f64>("\"160\""), "$: found the text \"160\", expected a number without quotes");
        assert_eq!(of::<u32>("2.5"), "$: found the number 2.5, expected a whole number without quotes");
        assert_eq!(of::<String>("7"), "$: found the number 7, expected a text in quotes");
        assert_eq!(of::<Vec<u8>>("{}"), "$: found an object {…}, expected a list […]");
        assert_eq!(of::<Vec<u8>>("true"), "$: found true, expected a list […]");
        assert_eq!(of::<crate::Localised>("\"nl\""), "$: found the text \"nl\", expected an object {…}");
        assert_eq!(of::<crate::Plan>("null"), "$: found null, expected an object {…}");
    }

    #[test]
    fn a_slip_of_the_pen_is_told_with_its_place() {
        let of = |text| json::parse(text).map(drop).unwrap_err().to_string();
        let quotes =
            "not JSON: the name of a member is expected, in straight quotes \" (not “ ”); JSON knows no comments";
        assert_eq!(of("{“a”: 1}"), format!("{quotes} at line 1 column 2"));
        assert_eq!(of("{\n // why\n}"), format!("{quotes} at line 2 column 2"));
        assert_eq!(of("[1,]"), "not JSON: a comma too many before the closing bracket at line 1 column 4");
        assert_eq!(of("{\"a\": 160,5}"), format!("{quotes} at line 1 column 11"), "the comma began another member");
        assert_eq!(
            of("{\"a\": 1"),
            "not JSON: the text ends too early: a bracket or a brace is not closed at line 1 column 7"
        );
    }
}
