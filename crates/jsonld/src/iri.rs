//! Is this an absolute IRI, and what does a relative one become against a base? RFC 3987 and RFC 3986 §5.

/// What kind of text stands where an IRI belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// An absolute IRI that N-Quads can hold.
    Absolute,
    /// A blank node identifier.
    Blank,
    /// Neither: relative, or with characters that no IRI has.
    Neither,
}

pub(crate) fn form(text: &str) -> Form {
    if text.starts_with("_:") {
        return Form::Blank;
    }
    if has_scheme(text) && is_well_formed(text) { Form::Absolute } else { Form::Neither }
}

/// Only characters that an IRI may have, and at most one fragment.
fn is_well_formed(text: &str) -> bool {
    let mut fragments = 0_u8;
    for byte in text.bytes() {
        match byte {
            b'#' if fragments > 0 => return false,
            b'#' => fragments = 1,
            // RDF 1.1 N-Quads §3.1, IRIREF. Characters beyond ASCII may stand.
            0..=0x20 | b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'^' | b'`' | b'\\' => return false,
            _ => {}
        }
    }
    true
}

/// Whether the text starts with a scheme and a colon (RFC 3986 §3.1).
pub(crate) fn has_scheme(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic())
        && bytes
            .find(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')))
            .is_some_and(|end| end == b':')
}

/// The five components (RFC 3986 §3, appendix B).
struct Parts<'t> {
    scheme: Option<&'t str>,
    authority: Option<&'t str>,
    path: &'t str,
    query: Option<&'t str>,
    fragment: Option<&'t str>,
}

fn parts(text: &str) -> Parts<'_> {
    let (rest, fragment) = match text.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (text, None),
    };
    let (rest, query) = match rest.split_once('?') {
        Some((rest, query)) => (rest, Some(query)),
        None => (rest, None),
    };
    let (scheme, rest) = match rest.split_once(':') {
        Some((scheme, tail)) if has_scheme(rest) => (Some(scheme), tail),
        _ => (None, rest),
    };
    let (authority, path) = match rest.strip_prefix("//") {
        Some(rest) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            (Some(authority), path)
        }
        None => (None, rest),
    };
    Parts { scheme, authority, path, query, fragment }
}

/// The target of `reference` against `base` (RFC 3986 §5.2.2).
pub(crate) fn resolve(base: &str, reference: &str) -> String {
    let (base, reference) = (parts(base), parts(reference));
    let path;
    let (scheme, authority, query);
    if reference.scheme.is_some() {
        (scheme, authority, query) = (reference.scheme, reference.authority, reference.query);
        path = remove_dots(reference.path);
    } else if reference.authority.is_some() {
        (scheme, authority, query) = (base.scheme, reference.authority, reference.query);
        path = remove_dots(reference.path);
    } else {
        (scheme, authority) = (base.scheme, base.authority);
        if reference.path.is_empty() {
            path = base.path.to_owned();
            query = reference.query.or(base.query);
        } else {
            query = reference.query;
            path = if reference.path.starts_with('/') {
                remove_dots(reference.path)
            } else if base.authority.is_some() && base.path.is_empty() {
                remove_dots(&format!("/{}", reference.path))
            } else {
                let folder = base.path.rfind('/').and_then(|at| base.path.get(..=at)).unwrap_or_default();
                remove_dots(&format!("{folder}{}", reference.path))
            };
        }
    }
    let mut target = String::new();
    for piece in [scheme, scheme.map(|_| ":"), authority.map(|_| "//"), authority, Some(&path), query.map(|_| "?")] {
        target.push_str(piece.unwrap_or_default());
    }
    for piece in [query, reference.fragment.map(|_| "#"), reference.fragment] {
        target.push_str(piece.unwrap_or_default());
    }
    target
}

/// RFC 3986 §5.2.4.
fn remove_dots(path: &str) -> String {
    let mut output: Vec<&str> = Vec::new();
    let (rooted, rest) = match path.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, path),
    };
    let mut folder = false;
    for segment in rest.split('/') {
        folder = matches!(segment, "." | "..");
        match segment {
            "." => {}
            ".." => drop(output.pop()),
            segment => output.push(segment),
        }
    }
    let mut result = String::with_capacity(path.len());
    if rooted {
        result.push('/');
    }
    result.push_str(&output.join("/"));
    if folder && !output.is_empty() {
        result.push('/');
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_resolve_as_rfc_3986_says() {
        // RFC 3986 §5.4.1 and §5.4.2.
        for (reference, target) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q#s"),
            ("g;x?y#s", "http://a/b/c/g;x?y#s"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."),
            ("./g/.", "http://a/b/c/g/"),
            ("g/../h", "http://a/b/c/h"),
        ] {
            assert_eq!(resolve("http://a/b/c/d;p?q", reference), target, "{reference}");
        }
    }

    #[test]
    fn only_absolute_iris_that_n_quads_can_hold_are_absolute() {
        for text in ["urn:uuid:1", "https://a.example/é", "did:key:z6Mk#1", "a:"] {
            assert_eq!(form(text), Form::Absolute, "{text}");
        }
        for text in
            ["", "a", "/a", ":a", "1a:b", "https://a b", "a:<b>", "a:\u{1}", "a:b\\c", "a:b#c#d", "a/b:c", "é:a"]
        {
            assert_eq!(form(text), Form::Neither, "{text}");
        }
        assert_eq!(form("_:b0"), Form::Blank);
    }
}
