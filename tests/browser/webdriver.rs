//! A WebDriver session over HTTP: as much of the protocol as these tests use. A library for it would bring some fifty
//! packages, and among them features that change the JSON of the program under test.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use serde_json::{Value, json};

/// A browser that chromedriver started; it ends with the value.
pub(crate) struct Session {
    port: u16,
    id: String,
}

impl Session {
    /// Starts a browser with these capabilities.
    pub(crate) fn new(port: u16, capabilities: &Value) -> Session {
        let wanted = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let started = request(port, "POST", "/session", Some(&wanted)).unwrap();
        let id = started["sessionId"].as_str().unwrap().to_string();
        Session { port, id }
    }

    pub(crate) fn get(&self, command: &str) -> Value {
        self.request("GET", command, None)
    }

    pub(crate) fn post(&self, command: &str, body: &Value) -> Value {
        self.request("POST", command, Some(body))
    }

    /// The same, with what may be refused.
    pub(crate) fn try_get(&self, command: &str) -> Result<Value, String> {
        self.try_request("GET", command, None)
    }

    pub(crate) fn try_post(&self, command: &str, body: &Value) -> Result<Value, String> {
        self.try_request("POST", command, Some(body))
    }

    fn try_request(
        &self,
        method: &str,
        command: &str,
        body: Option<&Value>,
    ) -> Result<Value, String> {
        let path = format!("/session/{}/{command}", self.id);
        request(self.port, method, &path, body)
    }

    fn request(&self, method: &str, command: &str, body: Option<&Value>) -> Value {
        let answer = self.try_request(method, command, body);
        let sent = body.map(Value::to_string).unwrap_or_default();
        let sent: String = sent.chars().take(500).collect();
        answer.unwrap_or_else(|refused| panic!("{command} {sent}: {refused}"))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _gone = request(self.port, "DELETE", &format!("/session/{}", self.id), None);
    }
}

/// The value that is answered, or the error with its message.
fn request(port: u16, method: &str, path: &str, body: Option<&Value>) -> Result<Value, String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).map_err(|e| e.to_string())?;
    let patience = Some(Duration::from_secs(60));
    stream.set_read_timeout(patience).unwrap();
    let body = body.map(Value::to_string).unwrap_or_default();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes()).unwrap();
    let mut answer = BufReader::new(stream);
    let (mut status, mut line, mut length) = (String::new(), String::new(), 0);
    answer.read_line(&mut status).map_err(|e| e.to_string())?;
    while answer.read_line(&mut line).map_err(|e| e.to_string())? > 2 {
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap();
        }
        line.clear();
    }
    let mut body = vec![0; length];
    answer.read_exact(&mut body).map_err(|e| e.to_string())?;
    let value: Value = serde_json::from_slice(&body).map_err(|e| e.to_string())?;
    match status.contains(" 200 ") {
        true => Ok(value["value"].clone()),
        false => Err(value["value"]["message"].to_string()),
    }
}
