//! How does a server answer on a port of this machine? One request a connection, from a table.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

/// Answers by "METHOD /path": status and body.
type Answers = Arc<Mutex<HashMap<String, (u16, String)>>>;

pub(crate) struct Server {
    pub(crate) port: u16,
    answers: Answers,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Listens until the test ends.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (answers, asked) = (Answers::default(), Arc::new(Mutex::new(Vec::new())));
        let (known, seen) = (Arc::clone(&answers), Arc::clone(&asked));
        thread::spawn(move || {
            for connection in listener.incoming() {
                let _ = answer(connection.unwrap(), &known, &seen);
            }
        });
        Self { port, answers, asked }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(crate) fn answers(&self, request: &str, status: u16, body: &str) {
        self.answers.lock().unwrap().insert(request.to_owned(), (status, body.to_owned()));
    }

    /// Nobody gets an answer as long as this is held.
    pub(crate) fn hold(&self) -> MutexGuard<'_, HashMap<String, (u16, String)>> {
        self.answers.lock().unwrap()
    }

    /// The requests so far, "METHOD /path".
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn answer(mut stream: TcpStream, known: &Answers, seen: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let request = line.rsplit_once(' ').map_or("", |(request, _)| request).to_owned();
    let mut length = 0;
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap();
        }
    }
    std::io::copy(&mut reader.take(length), &mut std::io::sink())?;
    seen.lock().unwrap().push(request.clone());
    let (status, body) = known.lock().unwrap().get(&request).cloned().unwrap_or((404, String::new()));
    write!(
        stream,
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}
