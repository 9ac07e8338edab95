//! How does a sheet grow? Page by page on A4, from the top; text and shapes at places in points from the upper left corner.

use pdf_writer::types::{AssociationKind, StructRole};
use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Settings, Str, TextStr};

use super::ink::{Place, hatch, outline, part, points, pull};
use super::letters::encode;
use super::structure::Tree;
use super::widths::width;
use super::words;
use crate::language::Language;
use crate::lettering::{cut_by, wrap_by};
use crate::tower::palette;
use crate::tower::scene::{Anchor, Colour, Face, Fill, Look, Path, Shape, Stroke};

/// A4 (ISO 216) in points.
pub(super) const WIDE: f64 = 595.28;
pub(super) const HIGH: f64 = 841.89;
/// Left and right of all text; wide enough for every printer and for the holes of a binder.
pub(super) const MARGIN: f64 = 50.0;
/// The room for text.
pub(super) const ROOM: f64 = WIDE - 2.0 * MARGIN;
/// Where the text of a page begins.
const TOP: f64 = 74.0;
/// Where it ends.
const BOTTOM: f64 = HIGH - 74.0;
/// A text has at most so many lines: it fits on a page, and nobody's name fills a book.
const MOST_LINES: usize = 40;

const SETTINGS: Settings = Settings { pretty: false };

/// What letters look like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) face: Face,
    pub(super) size: f64,
    /// From one base line to the next.
    pub(super) leading: f64,
    pub(super) colour: Colour,
}

impl Style {
    pub(super) const fn new(face: Face, size: f64, colour: Colour) -> Self {
        Self { face, size, leading: size * 1.32, colour }
    }

    pub(super) fn width(self, text: &str) -> f64 {
        width(text, self.face, self.size)
    }

    pub(super) fn wrap(self, text: &str, room: f64) -> Vec<String> {
        wrap_by(text, room, MOST_LINES, &|text| self.width(text))
    }
}

/// A document that goes with a sheet.
pub(super) struct Attached {
    /// The name of its file.
    pub(super) name: String,
    /// Its media type.
    pub(super) media: &'static str,
    pub(super) text: String,
}

/// Sheets of paper with what is written on them.
pub(super) struct Paper {
    language: Language,
    /// What stands at the foot of every page.
    foot: String,
    pages: Vec<Content>,
    tree: Tree,
    /// Where the next thing stands on the last page.
    pub(super) y: f64,
    /// Whether what is written is decoration or repetition, which screen readers leave out.
    quiet: bool,
    /// The documents that go with the sheet, by their names.
    pub(super) attached: Vec<Attached>,
}

impl Paper {
    pub(super) fn new(language: Language, foot: &str) -> Self {
        let mut paper = Self {
            language,
            foot: foot.to_owned(),
            pages: Vec::new(),
            tree: Tree::new(),
            y: TOP,
            quiet: false,
            attached: Vec::new(),
        };
        paper.turn();
        paper
    }

    /// Goes on at the top of a new page.
    pub(super) fn turn(&mut self) {
        self.pages.push(Content::with_settings(SETTINGS));
        self.tree.begin_page();
        self.y = TOP;
        self.quietly(Self::course);
    }

    /// Goes on at the top of a new page unless so much fits on this one. Answers whether it turned.
    pub(super) fn need(&mut self, high: f64) -> bool {
        let turns = high > self.left() && self.y > TOP;
        if turns {
            self.turn();
        }
        turns
    }

    /// What is left of this page.
    pub(super) fn left(&self) -> f64 {
        BOTTOM - self.y
    }

    /// Writes an element of the document: what is written by that function belongs to it.
    pub(super) fn element(&mut self, role: StructRole, write: impl FnOnce(&mut Self)) {
        self.told(role, None, write);
    }

    /// As [`Paper::element`], told by a text where it cannot be read.
    pub(super) fn told(&mut self, role: StructRole, told: Option<String>, write: impl FnOnce(&mut Self)) {
        self.tree.open(role, told);
        write(self);
        self.tree.close();
    }

    /// Writes what screen readers leave out.
    pub(super) fn quietly(&mut self, write: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.quiet, true);
        write(self);
        self.quiet = before;
    }

    /// A line of text, from that place on the base line.
    pub(super) fn text(&mut self, x: f64, y: f64, style: Style, text: &str) {
        let encoded = encode(text);
        if encoded.bytes.is_empty() {
            return;
        }
        let font = match style.face {
            Face::Plain => Name(b"F1"),
            Face::Bold | Face::Title => Name(b"F2"),
            Face::Slanted => Name(b"F3"),
        };
        self.marked(|content| {
            if !encoded.exact {
                // Searching and reading aloud find the letters that the font lacks.
                let mut span = content.begin_marked_content_with_properties(Name(b"Span"));
                span.properties().actual_text(TextStr(text));
            }
            let Colour(red, green, blue) = style.colour;
            content.set_fill_rgb(part(red), part(green), part(blue));
            content.begin_text().set_font(font, points(style.size));
            content.next_line(points(x), points(HIGH - y)).show(Str(&encoded.bytes)).end_text();
            if !encoded.exact {
                content.end_marked_content();
            }
        });
    }

    /// A line of text that ends there.
    pub(super) fn text_ending(&mut self, x: f64, y: f64, style: Style, text: &str) {
        self.text(x - style.width(text), y, style, text);
    }

    /// A text in lines from the place at hand, which moves below it.
    pub(super) fn paragraph(&mut self, role: StructRole, style: Style, x: f64, room: f64, text: &str) {
        let lines = style.wrap(text, room);
        let mut lines = lines.iter();
        self.need(style.leading * super::count(lines.len()));
        self.element(role, |paper| {
            for line in lines.by_ref() {
                paper.text(x, paper.y + style.size, style, line);
                paper.y += style.leading;
            }
        });
    }

    /// Shapes, so many times as large, their origin at that place. They belong to the element that is open.
    pub(super) fn shapes(&mut self, shapes: &[Shape], (x, y): (f64, f64), scale: f64) {
        let place = Place { x, y, scale };
        for shape in shapes {
            match shape {
                Shape::Rect { at, radius, look } => self.path(&Path::rounded(*at, *radius), look, place),
                Shape::Circle { at, radius, look } => self.path(&Path::circle(*at, *radius), look, place),
                Shape::Path(path, look) => self.path(path, look, place),
                Shape::Text(text) => {
                    // The picture was laid out for letters that are about as wide; these are never wider.
                    let planned = crate::lettering::width(&text.words, text.size);
                    let found = width(&text.words, text.face, text.size);
                    let size = text.size * scale * if found > planned { planned / found } else { 1.0 };
                    let style = Style::new(text.face, size, text.colour);
                    let (x, y) = (place.x + text.x * scale, place.y + text.y * scale);
                    let back = match text.anchor {
                        Anchor::Start => 0.0,
                        Anchor::Middle => style.width(&text.words) / 2.0,
                        Anchor::End => style.width(&text.words),
                    };
                    self.text(x - back, y, style, &text.words);
                }
                Shape::Open(_) | Shape::Close => {}
            }
        }
    }

    /// A rectangle of one colour.
    pub(super) fn bar(&mut self, at: [f64; 4], radius: f64, colour: Colour) {
        self.shapes(&[Shape::Rect { at, radius, look: Look::solid(colour) }], (0.0, 0.0), 1.0);
    }

    /// A thin line across.
    pub(super) fn rule(&mut self, y: f64) {
        let line = Path::from(MARGIN, y).line(WIDE - MARGIN, y);
        self.quietly(|paper| paper.path(&line, &Look::line(Stroke::plain(palette::SLAB, 0.8)), Place::PAGE));
    }

    fn path(&mut self, path: &Path, look: &Look, place: Place) {
        self.marked(|content| {
            content.save_state();
            match look.fill {
                Fill::Nothing => {}
                Fill::Solid(Colour(red, green, blue)) => {
                    content.set_fill_rgb(part(red), part(green), part(blue));
                    outline(content, path, place);
                    content.fill_nonzero();
                }
                Fill::Hatch => hatch(content, path, place),
            }
            if let Some(stroke) = look.stroke {
                pull(content, stroke, place.scale);
                outline(content, path, place);
                content.stroke();
            }
            content.restore_state();
        });
    }

    /// A course of bricks: the head of every page.
    fn course(&mut self) {
        let shares = [7.0, 4.0, 9.0, 5.0, 8.0, 6.0];
        let (gap, mut x) = (4.0, MARGIN);
        let each = (ROOM - 5.0 * gap) / shares.iter().sum::<f64>();
        for (index, share) in shares.iter().enumerate() {
            self.bar([x, 38.0, each * share, 11.0], 3.0, palette::floor(index));
            x += each * share + gap;
        }
    }

    /// The foot of a page: the ground, what the sheet is not, and which page it is.
    fn foot(&mut self, page: usize, of: usize) -> Content {
        let style = Style::new(Face::Plain, 8.5, palette::QUIET);
        let number = words::page(self.language, page, of);
        let foot = cut_by(&self.foot, ROOM - style.width(&number) - 20.0, &|text| style.width(text));
        let ground = Path::from(MARGIN, HIGH - 58.0).line(WIDE - MARGIN, HIGH - 58.0);
        let body = std::mem::replace(&mut self.pages, vec![Content::with_settings(SETTINGS)]);
        self.quietly(|paper| {
            paper.path(&ground, &Look::line(Stroke::round(palette::ROOF, 2.2)), Place::PAGE);
            paper.text(MARGIN, HIGH - 43.0, style, &foot);
            paper.text_ending(WIDE - MARGIN, HIGH - 43.0, style, &number);
        });
        std::mem::replace(&mut self.pages, body).pop().unwrap_or_else(Content::new)
    }

    /// Writes to the last page, as content of the element that is open or as what screen readers leave out.
    fn marked(&mut self, write: impl FnOnce(&mut Content)) {
        let element = if self.quiet { None } else { self.tree.content() };
        let Some(content) = self.pages.last_mut() else { return };
        match element {
            Some((tag, id)) => {
                content.begin_marked_content_with_properties(tag).properties().identify(id);
            }
            None => {
                content.begin_marked_content(Name(b"Artifact"));
            }
        }
        write(content);
        content.end_marked_content();
    }

    /// The document. Its bytes depend on nothing but what was written.
    pub(super) fn finish(mut self, title: &str, subject: &str) -> Vec<u8> {
        let total = self.pages.len();
        let feet: Vec<Content> = (1..=total).map(|page| self.foot(page, total)).collect();
        let mut next = Ref::new(1);
        let [catalog, tree_of_pages, info, structure] = [(); 4].map(|()| next.bump());
        let fonts = [("F1", "Helvetica"), ("F2", "Helvetica-Bold"), ("F3", "Helvetica-Oblique")]
            .map(|(name, font)| (name, font, next.bump()));
        let pages: Vec<Ref> = feet.iter().map(|_| next.bump()).collect();
        let contents: Vec<[Ref; 2]> = feet.iter().map(|_| [next.bump(), next.bump()]).collect();
        let attached: Vec<(Attached, Ref, Ref)> =
            std::mem::take(&mut self.attached).into_iter().map(|one| (one, next.bump(), next.bump())).collect();
        let mut pdf = Pdf::with_settings(SETTINGS);
        let mut root = pdf.catalog(catalog);
        root.pages(tree_of_pages).lang(TextStr(self.language.tag()));
        root.viewer_preferences().display_doc_title(true);
        root.mark_info().marked(true);
        root.pair(Name(b"StructTreeRoot"), structure);
        if !attached.is_empty() {
            // Chained: each part is closed before the next begins.
            attached.iter().fold(root.names().embedded_files().names(), |mut names, (attached, file, _)| {
                names.insert(Str(attached.name.as_bytes()), *file);
                names
            });
            root.insert(Name(b"AF")).array().items(attached.iter().map(|(_, file, _)| *file));
        }
        root.finish();
        for (attached, file, stream) in &attached {
            attach(&mut pdf, attached, *file, *stream);
        }
        pdf.document_info(info).title(TextStr(title)).subject(TextStr(subject)).creator(TextStr("Stapel"));
        pdf.pages(tree_of_pages).kids(pages.iter().copied()).count(i32::try_from(total).unwrap_or(i32::MAX));
        for (_, font, id) in fonts {
            pdf.type1_font(id).base_font(Name(font.as_bytes())).encoding_predefined(Name(b"WinAnsiEncoding"));
        }
        for (index, (id, streams)) in pages.iter().zip(&contents).enumerate() {
            let mut page = pdf.page(*id);
            page.parent(tree_of_pages).media_box(Rect::new(0.0, 0.0, points(WIDE), points(HIGH)));
            page.contents_array(*streams).struct_parents(i32::try_from(index).unwrap_or(i32::MAX));
            let mut resources = page.resources();
            let mut dictionary = resources.fonts();
            for (name, _, id) in fonts {
                dictionary.pair(Name(name.as_bytes()), id);
            }
        }
        for ((body, foot), [first, second]) in self.pages.into_iter().zip(feet).zip(contents) {
            pdf.stream(first, body.finish().as_slice());
            pdf.stream(second, foot.finish().as_slice());
        }
        self.tree.write_root(&mut pdf, next, structure);
        self.tree.write(&mut pdf, next, structure, &pages);
        pdf.finish()
    }
}

/// ISO 32000-2 §14.13: the file is the source of what is printed. Not compressed, so that any reader finds it.
fn attach(pdf: &mut Pdf, Attached { name, media, text }: &Attached, file: Ref, stream: Ref) {
    let mut spec = pdf.file_spec(file);
    spec.path(Str(name.as_bytes())).unic_file(TextStr(name)).embedded_file_with_unicode(stream);
    spec.association_kind(AssociationKind::Source);
    spec.finish();
    let mut embedded = pdf.embedded_file(stream, text.as_bytes());
    embedded.subtype(Name(media.as_bytes()));
    embedded.params().size(i32::try_from(text.len()).unwrap_or(i32::MAX));
}
