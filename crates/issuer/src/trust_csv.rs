//! Whom does this CSV file vouch for, for which codes, from when to when?

use stapel_credential::{
    Code, CodeScheme, Day, Did, DidUrl, Digest, Funding, IssuerKind, KeptKey, Mandate, MovedStatusList, Successor,
    TrustedIssuer, Uri,
};
use stapel_keys::PublicKey;

use crate::csv::{self, Column, CsvError, Row, RowError};
use crate::institution::Country;

const COLUMNS: [Column; 15] = [
    Column { name: "did", needed: true },
    Column { name: "name", needed: true },
    Column { name: "kind", needed: true },
    Column { name: "funding", needed: false },
    Column { name: "brin", needed: false },
    Column { name: "country", needed: false },
    Column { name: "code", needed: false },
    Column { name: "from", needed: true },
    Column { name: "until", needed: false },
    Column { name: "status_issuers", needed: false },
    Column { name: "moved_status_lists", needed: false },
    Column { name: "keys", needed: false },
    Column { name: "successor", needed: false },
    Column { name: "successor_from", needed: false },
    Column { name: "logo", needed: false },
];
const DID: usize = 0;
const NAME: usize = 1;
const KIND: usize = 2;
const FUNDING: usize = 3;
const BRIN: usize = 4;
const COUNTRY: usize = 5;
const CODE: usize = 6;
const FROM: usize = 7;
const UNTIL: usize = 8;
const STATUS_ISSUERS: usize = 9;
const MOVED_STATUS_LISTS: usize = 10;
const KEYS: usize = 11;
const SUCCESSOR: usize = 12;
const SUCCESSOR_FROM: usize = 13;
const LOGO: usize = 14;

/// What one row says.
struct Line {
    number: usize,
    issuer: TrustedIssuer,
    code: Option<Code>,
}

/// Reads the file. A trust list with a hole in it is worse than none, so one bad row refuses all.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<TrustedIssuer>, CsvError> {
    let table = csv::read(bytes, &COLUMNS)?;
    let mut errors = table.errors;
    let mut issuers: Vec<Merged> = Vec::new();
    for row in &table.rows {
        match line(row).and_then(|line| merge(&mut issuers, line, row)) {
            Ok(()) => {}
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() {
        return Ok(issuers.into_iter().map(Merged::into_issuer).collect());
    }
    errors.sort_by_key(|error| error.row);
    Err(CsvError::Rows { errors })
}

/// One issuer, as far as its rows were read.
struct Merged {
    first_row: usize,
    issuer: TrustedIssuer,
    /// Whether a row without a code said from when to when.
    own_period: bool,
}

impl Merged {
    /// Without a row of its own the issuer is vouched for from the first of its mandates until after the last.
    fn into_issuer(self) -> TrustedIssuer {
        let mut issuer = self.issuer;
        if !self.own_period {
            issuer.from = issuer.mandates.iter().map(|mandate| mandate.from).min().unwrap_or(issuer.from);
            let ends: Option<Vec<Day>> = issuer.mandates.iter().map(|mandate| mandate.until).collect();
            issuer.until = ends.and_then(|ends| ends.into_iter().max());
        }
        issuer
    }
}

fn merge(issuers: &mut Vec<Merged>, line: Line, row: &Row) -> Result<(), RowError> {
    let Line { number, issuer, code } = line;
    let mandate = code.map(|code| Mandate { code, from: issuer.from, until: issuer.until });
    let Some(known) = issuers.iter_mut().find(|known| known.issuer.did == issuer.did) else {
        let own_period = mandate.is_none();
        let issuer = TrustedIssuer { mandates: mandate.into_iter().collect(), ..issuer };
        issuers.push(Merged { first_row: number, issuer, own_period });
        return Ok(());
    };
    let other = [
        (NAME, known.issuer.name != issuer.name),
        (KIND, known.issuer.kind != issuer.kind),
        (FUNDING, known.issuer.funding != issuer.funding),
        (BRIN, known.issuer.identifiers != issuer.identifiers),
        (COUNTRY, known.issuer.country != issuer.country),
        (STATUS_ISSUERS, known.issuer.status_issuers != issuer.status_issuers),
        (MOVED_STATUS_LISTS, known.issuer.moved_status_lists != issuer.moved_status_lists),
        (KEYS, known.issuer.keys != issuer.keys),
        (SUCCESSOR, known.issuer.successors != issuer.successors),
        (LOGO, known.issuer.logo != issuer.logo),
    ];
    if let Some((column, _)) = other.into_iter().find(|(_, differs)| *differs) {
        let cause = format!("row {} says otherwise of the same DID; all rows of one DID say the same", known.first_row);
        return Err(refuse(row, column, &cause));
    }
    match mandate {
        Some(mandate) => known.issuer.mandates.push(mandate),
        None if known.own_period => {
            let cause = format!("a row without a code for this DID stands already, such as row {}", known.first_row);
            return Err(refuse(row, CODE, &cause));
        }
        None => {
            known.own_period = true;
            known.issuer.from = issuer.from;
            known.issuer.until = issuer.until;
        }
    }
    Ok(())
}

fn line(row: &Row) -> Result<Line, RowError> {
    let kind = |word: &str| {
        IssuerKind::find(word).ok_or_else(|| {
            format!("{word:?} is none of mbo, hbo, wo, sector, employer, evc-provider, examination-board")
        })
    };
    let funding = |word: &str| match word {
        "funded" => Ok(Funding::Funded),
        "private" => Ok(Funding::Private),
        other => Err(format!("{other:?} is none of funded, private")),
    };
    let from = needed(row, FROM, Day::parse)?;
    let until = read_cell(row, UNTIL, Day::parse)?;
    if let Some(until) = until.filter(|until| *until <= from) {
        return Err(refuse(row, UNTIL, &format!("{until} is not after {from}, from when it holds")));
    }
    let did = needed(row, DID, Did::parse)?;
    let brin = read_cell(row, BRIN, |text| Code::new(CodeScheme::Brin, text))?;
    Ok(Line {
        number: row.number,
        issuer: TrustedIssuer {
            name: needed(row, NAME, |text| Ok::<_, String>(text.to_owned()))?,
            kind: needed(row, KIND, kind)?,
            funding: read_cell(row, FUNDING, funding)?,
            identifiers: brin.into_iter().collect(),
            country: read_cell(row, COUNTRY, Country::parse)?.map(|country| country.to_string()),
            from,
            until,
            mandates: Vec::new(),
            status_issuers: each(row, STATUS_ISSUERS, Did::parse)?,
            moved_status_lists: each(row, MOVED_STATUS_LISTS, moved)?,
            keys: each(row, KEYS, |text| key(text, &did))?,
            successors: successor(row)?.into_iter().collect(),
            logo: read_cell(row, LOGO, Digest::parse)?,
            did,
        },
        code: read_cell(row, CODE, Code::parse)?,
    })
}

/// `https://old.example/status/1>https://archive.example/status/1`
fn moved(text: &str) -> Result<MovedStatusList, String> {
    let (list, at) = text.split_once('>').ok_or_else(|| format!("{text:?} is not OLD-ADDRESS>NEW-ADDRESS"))?;
    let address = |text: &str| Uri::parse(text).map_err(|error| error.to_string());
    Ok(MovedStatusList { list: address(list)?, at: address(at)? })
}

/// `#key-1=z6Mk…`, or with the whole name of the method.
fn key(text: &str, did: &Did) -> Result<KeptKey, String> {
    let (id, key) = text.split_once('=').ok_or_else(|| format!("{text:?} is not METHOD=KEY, such as #key-1=z6Mk…"))?;
    let id = match id.strip_prefix('#') {
        Some(fragment) => did.with_fragment(fragment),
        None => DidUrl::parse(id),
    };
    let id = id.map_err(|error| error.to_string())?;
    if id.did() != *did {
        return Err(format!("{id} is not a key of {did}"));
    }
    PublicKey::from_multikey(key).map_err(|error| error.to_string())?;
    Ok(KeptKey { id, public_key_multibase: key.to_owned() })
}

fn successor(row: &Row) -> Result<Option<Successor>, RowError> {
    let did = read_cell(row, SUCCESSOR, Did::parse)?;
    let from = read_cell(row, SUCCESSOR_FROM, Day::parse)?;
    match (did, from) {
        (Some(did), Some(from)) => Ok(Some(Successor { did, from })),
        (None, None) => Ok(None),
        (Some(_), None) => Err(refuse(row, SUCCESSOR_FROM, &"the cell is empty, and the row names a successor")),
        (None, Some(_)) => Err(refuse(row, SUCCESSOR, &"the cell is empty, and the row says from when")),
    }
}

/// What stands in a cell, with spaces between.
fn each<T, E: ToString>(row: &Row, column: usize, parse: impl Fn(&str) -> Result<T, E>) -> Result<Vec<T>, RowError> {
    let texts = row.cell(column).into_iter().flat_map(str::split_whitespace);
    texts.map(|text| parse(text).map_err(|cause| refuse(row, column, &cause.to_string()))).collect()
}

fn refuse(row: &Row, column: usize, cause: &impl ToString) -> RowError {
    RowError {
        row: row.number,
        column: COLUMNS.get(column).map_or("", |column| column.name).to_owned(),
        value: row.cell(column).unwrap_or_default().to_owned(),
        cause: cause.to_string(),
    }
}

fn read_cell<T, E: ToString>(
    row: &Row,
    column: usize,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Result<Option<T>, RowError> {
    row.cell(column).map(parse).transpose().map_err(|cause| refuse(row, column, &cause.to_string()))
}

fn needed<T, E: ToString>(row: &Row, column: usize, parse: impl FnOnce(&str) -> Result<T, E>) -> Result<T, RowError> {
    read_cell(row, column, parse)?.ok_or_else(|| refuse(row, column, &"the cell is empty"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "did,name,kind,funding,brin,country,code,from,until\n";

    fn refused(rows: &str) -> String {
        read(format!("{HEADER}{rows}").as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn rows_of_one_did_are_one_issuer() {
        let issuers = read(
            format!(
                "{HEADER}did:web:a.example,A,mbo,funded,25LP,NL,crebo:25655,2024-08-01,2027-08-01\n\
                 did:web:b.example,B,sector,,,,,2020-01-01,\n\
                 did:web:a.example,A,mbo,funded,25LP,NL,kcode:K0905,2023-08-01,2028-08-01\n"
            )
            .as_bytes(),
        )
        .unwrap();
        assert_eq!(issuers.len(), 2);
        assert_eq!(issuers[0].mandates.len(), 2);
        assert_eq!(issuers[0].from.to_string(), "2023-08-01");
        assert_eq!(issuers[0].until.unwrap().to_string(), "2028-08-01");
        assert_eq!(issuers[0].identifiers, [Code::parse("brin:25LP").unwrap()]);
        assert_eq!((issuers[1].mandates.len(), issuers[1].until), (0, None));
    }

    #[test]
    fn a_row_without_a_code_says_how_long_the_issuer_is_vouched_for() {
        let text = "did,name,kind,code,from,until\n\
                    did:web:a.example,A,mbo,crebo:25655,2024-08-01,2025-08-01\n\
                    did:web:a.example,A,mbo,,2010-01-01,\n";
        let issuers = read(text.as_bytes()).unwrap();
        assert_eq!((issuers[0].from.to_string().as_str(), issuers[0].until), ("2010-01-01", None));
        assert_eq!(issuers[0].mandates[0].until.unwrap().to_string(), "2025-08-01");
    }

    #[test]
    fn an_institution_that_closed_has_its_keys_its_successor_and_its_lists_in_the_file() {
        let key = "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";
        let text = format!(
            "did,name,kind,from,until,keys,successor,successor_from,status_issuers,moved_status_lists,logo\n\
             did:web:a.example,A,mbo,2010-01-01,2026-08-01,#key-1={key} did:web:a.example#key-2={key},did:web:b.example,2026-08-01,did:web:c.example did:web:d.example,https://a.example/status/1>https://archive.example/a/1,sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
        );
        let issuers = read(text.as_bytes()).unwrap();
        let json = serde_json::to_value(&issuers[0]).unwrap();
        assert_eq!(
            json["keys"],
            serde_json::json!([
                { "id": "did:web:a.example#key-1", "publicKeyMultibase": key },
                { "id": "did:web:a.example#key-2", "publicKeyMultibase": key },
            ])
        );
        assert_eq!(json["successors"], serde_json::json!([{ "did": "did:web:b.example", "from": "2026-08-01" }]));
        assert_eq!(json["statusIssuers"], serde_json::json!(["did:web:c.example", "did:web:d.example"]));
        assert_eq!(
            json["movedStatusLists"],
            serde_json::json!([{ "list": "https://a.example/status/1", "at": "https://archive.example/a/1" }])
        );
        assert_eq!(json["logo"], "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn what_is_said_of_a_closed_institution_is_read_strictly() {
        let cases = [
            ("keys", "#key-1", "column keys: \"#key-1\" is not METHOD=KEY, such as #key-1=z6Mk…"),
            (
                "keys",
                "did:web:b.example#key-1=z6Mk",
                "column keys: did:web:b.example#key-1 is not a key of did:web:a.example",
            ),
            ("keys", "#key-1=z6Mk", "column keys: "),
            (
                "successor",
                "did:web:b.example",
                "column successor_from: the cell is empty, and the row names a successor",
            ),
            ("successor_from", "2026-08-01", "column successor: the cell is empty, and the row says from when"),
            ("moved_status_lists", "https://a.example/1", "is not OLD-ADDRESS>NEW-ADDRESS"),
            ("status_issuers", "a.example", "column status_issuers: "),
            ("logo", "logo.png", "column logo: "),
        ];
        for (column, value, sentence) in cases {
            let text = format!("did,name,kind,from,{column}\ndid:web:a.example,A,mbo,2010-01-01,{value}\n");
            let error = read(text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(sentence), "{column} {value}: {error}");
        }
    }

    #[test]
    fn one_bad_row_refuses_the_file_and_says_which() {
        let cases = [
            (
                "did:web:a.example,A,school,,,,,2024-08-01,\n",
                "1 of the rows cannot be taken, so none was: row 2, column kind: \"school\" is none of mbo, hbo, wo, sector, employer, evc-provider, examination-board",
            ),
            (
                "did:web:a.example,A,mbo,,,,,2024-08-01,2024-08-01\n",
                "1 of the rows cannot be taken, so none was: row 2, column until: 2024-08-01 is not after 2024-08-01, from when it holds",
            ),
            (
                "did:web:a.example,A,mbo,,,,crebo:1,2024-08-01,\n",
                "1 of the rows cannot be taken, so none was: row 2, column code: \"1\" is not a crebo code: five digits, such as 25655",
            ),
            (
                "did:web:a.example,A,mbo,,,,crebo:25655,2024-08-01,\ndid:web:a.example,B,mbo,,,,crebo:25656,2024-08-01,\n",
                "1 of the rows cannot be taken, so none was: row 3, column name: row 2 says otherwise of the same DID; all rows of one DID say the same",
            ),
            (
                "did:web:a.example,A,mbo,,,,,2024-08-01,\ndid:web:a.example,A,mbo,,,,,2025-08-01,\n",
                "1 of the rows cannot be taken, so none was: row 3, column code: a row without a code for this DID stands already, such as row 2",
            ),
            (
                ",A,mbo,,,,,2024-08-01,\n,B,mbo,,,,,,\n",
                "2 of the rows cannot be taken, so none was: row 2, column did: the cell is empty",
            ),
        ];
        for (rows, sentence) in cases {
            assert_eq!(refused(rows), sentence);
        }
    }
}
