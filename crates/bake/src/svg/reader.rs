//! Where in an SVG do its root and its credential stand? One pass over its events answers.
//!
//! quick-xml reads; it is lenient, so what XML 1.0 asks beyond it is asked here. Nothing is expanded: a DOCTYPE may name
//! the SVG DTD, and declare nothing. Memory grows with the credential alone, never with depth, attributes or entities.

use std::ops::Range;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, PrefixDeclaration, QName, ResolveResult};
use quick_xml::reader::NsReader;

use super::NAMESPACE;
use crate::{MAX_TEXT_BYTES, SvgError};

const SVG_NAMESPACE: &str = "http://www.w3.org/2000/svg";
/// Badge Baking 1.0, "SVG".
const OLDER_NAMESPACES: [&str; 2] = ["http://openbadges.org", "https://openbadges.org"];
const MAX_DEPTH: usize = 256;
const MAX_ATTRIBUTES: usize = 128;

/// What matters here of an SVG. Positions count in bytes from the beginning of the text.
#[derive(Debug)]
pub(super) struct Survey {
    pub(super) root: Root,
    /// Every credential, wherever it stands, but for one inside another.
    pub(super) found: Vec<Found>,
    /// Whether there is a badge of Open Badges 1 or 2.
    pub(super) older: bool,
}

#[derive(Debug)]
pub(super) struct Root {
    pub(super) name: String,
    /// Behind `<svg`.
    pub(super) name_end: usize,
    /// Behind the start tag.
    pub(super) tag_end: usize,
    /// Written as `<svg …/>`.
    pub(super) is_empty: bool,
    pub(super) prefix: Prefix,
}

/// What `openbadges` stands for in the root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prefix {
    Free,
    Ours,
    Taken,
}

/// A credential as it stands.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) range: Range<usize>,
    pub(super) in_root: bool,
    pub(super) verify: Option<String>,
    /// `None` once it is over the cap.
    pub(super) body: Option<String>,
    pub(super) holds_element: bool,
}

/// How far the pass is.
struct Pass {
    depth: usize,
    root: Option<Root>,
    found: Vec<Found>,
    /// The credential that is being read, and the depth at which it ends.
    open: Option<(Found, usize)>,
    older: bool,
    doctype: bool,
}

/// XML 1.0 §2.2 `Char`.
pub(super) fn is_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{FFFD}' | '\u{10000}'..)
}

pub(super) fn survey(text: &str) -> Result<Survey, SvgError> {
    if let Some((at, character)) = text.char_indices().find(|(_, character)| !is_xml(*character)) {
        return Err(SvgError::Character { code: character.into(), at });
    }
    let mut reader = NsReader::from_str(text);
    reader.config_mut().check_comments = true;
    let mut pass = Pass { depth: 0, root: None, found: Vec::new(), open: None, older: false, doctype: false };
    loop {
        let at = position(reader.buffer_position());
        let event = reader.read_event().map_err(|error| SvgError::Malformed {
            at: position(reader.error_position()),
            reason: error.to_string(),
        })?;
        let range = at..position(reader.buffer_position());
        let outside = pass.depth == 0;
        match event {
            Event::Start(tag) => {
                pass.begin(&tag, &reader, range.clone(), false)?;
                pass.depth += 1;
                if pass.depth > MAX_DEPTH {
                    return Err(SvgError::TooDeep { at, limit: MAX_DEPTH });
                }
            }
            Event::Empty(tag) => {
                pass.begin(&tag, &reader, range.clone(), true)?;
                pass.end(range.end);
            }
            Event::End(_) => {
                pass.depth = pass.depth.saturating_sub(1);
                pass.end(range.end);
            }
            Event::Text(text) if outside && text.trim_ascii().is_empty() => {}
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if outside => {
                return Err(malformed(at, "there is text outside the root"));
            }
            Event::Text(text) if text.contains("]]>") => return Err(malformed(at, "]]> stands in a text")),
            Event::Text(text) => pass.text(&text.xml10_content()),
            Event::CData(text) => pass.text(&text.xml10_content()),
            Event::GeneralRef(reference) => pass.text(&referred(&reference, at)?),
            Event::Decl(declaration) => declared(&declaration, at)?,
            Event::DocType(_) if pass.doctype || pass.root.is_some() => {
                return Err(malformed(at, "a DOCTYPE stands where none may"));
            }
            Event::DocType(doctype) if doctype.contains('[') => return Err(SvgError::Declares { at }),
            Event::DocType(_) => pass.doctype = true,
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => return pass.finish(),
        }
    }
}

impl Pass {
    fn begin(
        &mut self,
        tag: &BytesStart<'_>,
        reader: &NsReader<&[u8]>,
        range: Range<usize>,
        is_empty: bool,
    ) -> Result<(), SvgError> {
        let at = range.start;
        let name = tag.name();
        if !name.into_inner().starts_with(|first: char| first.is_alphabetic() || first == '_') {
            return Err(malformed(at, "a tag has no name"));
        }
        let verify = attributes(tag, at)?;
        if let Some((open, _)) = &mut self.open {
            open.holds_element = true;
            return Ok(());
        }
        let local = name.local_name().into_inner();
        let resolve = |name: QName<'_>| match reader.resolver().resolve_element(name).0 {
            ResolveResult::Bound(Namespace(namespace)) => Ok(Some(namespace.to_owned())),
            ResolveResult::Unbound => Ok(None),
            ResolveResult::Unknown(prefix) => Err(malformed(at, &format!("the prefix {prefix} is not declared"))),
        };
        if self.depth == 0 {
            if self.root.is_some() {
                return Err(malformed(at, "there is a second root"));
            }
            // Without a namespace it is what one writes inside a web page; it is a picture all the same.
            if local != "svg" || resolve(name)?.is_some_and(|namespace| namespace != SVG_NAMESPACE) {
                return Err(SvgError::OtherRoot { found: name.into_inner().chars().take(64).collect() });
            }
            let prefix = match resolve(QName("openbadges:credential")) {
                Ok(Some(namespace)) if namespace == NAMESPACE => Prefix::Ours,
                Ok(_) => Prefix::Taken,
                Err(_) => Prefix::Free,
            };
            let name = name.into_inner().to_owned();
            self.root = Some(Root { name_end: at + 1 + name.len(), tag_end: range.end, name, is_empty, prefix });
            return Ok(());
        }
        match local {
            "credential" if resolve(name)?.as_deref() == Some(NAMESPACE) => {
                let found =
                    Found { range, in_root: self.depth == 1, verify, body: Some(String::new()), holds_element: false };
                self.open = Some((found, self.depth));
            }
            "assertion" => {
                self.older |= resolve(name)?.is_some_and(|namespace| OLDER_NAMESPACES.contains(&namespace.as_str()));
            }
            _ => {}
        }
        Ok(())
    }

    /// What began at this depth has ended.
    fn end(&mut self, end: usize) {
        if let Some((mut found, _)) = self.open.take_if(|(_, depth)| *depth == self.depth) {
            found.range.end = end;
            self.found.push(found);
        }
    }

    fn text(&mut self, text: &str) {
        let Some((found, _)) = &mut self.open else { return };
        found.body = found.body.take().filter(|body| body.len() + text.len() <= MAX_TEXT_BYTES).map(|body| body + text);
    }

    fn finish(self) -> Result<Survey, SvgError> {
        let root = self.root.ok_or(SvgError::NoRoot)?;
        if self.depth > 0 {
            return Err(SvgError::CutOff { open: root.name });
        }
        Ok(Survey { root, found: self.found, older: self.older })
    }
}

/// Looks at each attribute as XML 1.0 §3.1 asks, and gives the value of `verify`.
fn attributes(tag: &BytesStart<'_>, at: usize) -> Result<Option<String>, SvgError> {
    let mut verify = None;
    for (number, attribute) in tag.attributes().enumerate() {
        if number == MAX_ATTRIBUTES {
            return Err(SvgError::TooManyAttributes { at, limit: MAX_ATTRIBUTES });
        }
        let attribute = attribute.map_err(|error| malformed(at, &error.to_string()))?;
        if attribute.value.contains('<') {
            return Err(malformed(at, "an attribute holds <"));
        }
        let value =
            attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| malformed(at, &error.to_string()))?;
        if let Some(character) = value.chars().find(|character| !is_xml(*character)) {
            return Err(SvgError::Character { code: character.into(), at });
        }
        // The reader takes a namespace as it is written, and others as it is meant; Namespaces in XML 1.0 §2.2 lets no
        // prefix stand for nothing.
        match attribute.key.as_namespace_binding() {
            Some(_) if value != attribute.value => return Err(malformed(at, "a namespace is written with references")),
            Some(PrefixDeclaration::Named(_)) if value.is_empty() => {
                return Err(malformed(at, "a prefix stands for no namespace"));
            }
            _ => {}
        }
        if attribute.key == QName("verify") {
            verify = Some(value.into_owned());
        }
    }
    Ok(verify)
}

/// The text of a character reference, or of one of XML's own five entities.
fn referred(reference: &BytesRef<'_>, at: usize) -> Result<String, SvgError> {
    let character = reference.resolve_char_ref().map_err(|error| malformed(at, &error.to_string()))?;
    match character {
        Some(character) if is_xml(character) => Ok(character.to_string()),
        Some(character) => Err(SvgError::Character { code: character.into(), at }),
        None => resolve_xml_entity(reference)
            .map(str::to_owned)
            .ok_or_else(|| SvgError::Entity { name: reference.chars().take(64).collect(), at }),
    }
}

fn declared(declaration: &BytesDecl<'_>, at: usize) -> Result<(), SvgError> {
    if at > 0 {
        return Err(malformed(at, "an XML declaration stands where none may"));
    }
    let version = declaration.version().map_err(|error| malformed(at, &error.to_string()))?;
    if version != "1.0" {
        return Err(SvgError::Declaration { declared: format!("XML {version}") });
    }
    match declaration.encoding().transpose().map_err(|error| malformed(at, &error.to_string()))? {
        Some(encoding) if !encoding.eq_ignore_ascii_case("UTF-8") => {
            Err(SvgError::Declaration { declared: encoding.into_owned() })
        }
        _ => Ok(()),
    }
}

fn malformed(at: usize, reason: &str) -> SvgError {
    SvgError::Malformed { at, reason: reason.to_owned() }
}

/// No text within the cap on its size is longer than a `usize`.
fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}
