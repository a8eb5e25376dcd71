//! The service as a program talks to it.

use std::path::Path;

use reqwest::blocking::multipart::{Form, Part};
use reqwest::blocking::{RequestBuilder, Response};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use crate::support::TestApp;

pub const SET: &str = "itsm-mid-market";
pub const PRICES: &str = "CST-TCO=150000..650000:EUR";
pub const PROBLEM: &str = "application/problem+json";

/// The sheets of the sample, in the order they are filed.
pub const SHEETS: [&str; 4] = [
    "ines-halloran.csv",
    "tobias-okafor.csv",
    "mei-lindqvist.csv",
    "prices.csv",
];

/// An answer to a program, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn of(request: RequestBuilder) -> Self {
        Self::from(request.send().unwrap())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    /// The answer, if it has this status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// The body of a problem with this status and code.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), PROBLEM);
        let body = self.json();
        assert_eq!(
            body["type"],
            format!("urn:problem-type:scorecard:{code}"),
            "{body}"
        );
        assert_eq!(
            (&body["status"], &body["code"]),
            (&json!(status), &json!(code))
        );
        body
    }

    /// The fields and codes of a problem with this status.
    #[track_caller]
    pub fn blamed(&self, status: u16) -> Vec<(String, String)> {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), PROBLEM);
        let body = self.json();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let problems = body["problems"].as_array().unwrap().iter();
        problems
            .map(|one| (text(&one["field"]), text(&one["code"])))
            .collect()
    }
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            bytes: response.bytes().unwrap().to_vec(),
        }
    }
}

pub fn at(id: &str) -> String {
    format!("/api/v1/evaluations/{id}")
}

/// A file of `tests/data/`.
pub fn data(path: &str) -> Vec<u8> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    std::fs::read(data.join(path)).unwrap()
}

/// What starts an evaluation of the sample's set, with its prices.
pub fn start() -> Value {
    json!({
        "title": "ITSM tool 2027",
        "criteria": SET,
        "prices": {"CST-TCO": {"floor": 150_000, "ceiling": "650000", "currency": "EUR"}},
    })
}

pub fn form(file_name: &str, bytes: impl Into<Vec<u8>>, fields: &[(&str, &str)]) -> Form {
    let file = Part::bytes(bytes.into()).file_name(file_name.to_owned());
    // Names are sent as browsers do, with all their letters.
    let form = Form::new().percent_encode_noop().part("file", file);
    fields.iter().fold(form, |form, (name, text)| {
        form.text((*name).to_owned(), (*text).to_owned())
    })
}

impl TestApp {
    pub fn ask(&self, path: &str) -> Answer {
        Answer::of(self.request("GET", path))
    }

    pub fn send(&self, method: &str, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(method, path).json(body))
    }

    /// Starts an evaluation and gives its id.
    #[track_caller]
    pub fn started(&self, body: &Value) -> String {
        let answer = self.send("POST", "/api/v1/evaluations", body).is(201);
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    pub fn upload(
        &self,
        id: &str,
        file_name: &str,
        bytes: impl Into<Vec<u8>>,
        fields: &[(&str, &str)],
    ) -> Answer {
        let request = self.request("POST", &format!("{}/sheets", at(id)));
        Answer::of(request.multipart(form(file_name, bytes, fields)))
    }

    /// Starts an evaluation of the sample and files its sheets.
    #[track_caller]
    pub fn with_sample(&self, body: &Value) -> String {
        let id = self.started(body);
        for sheet in SHEETS {
            self.upload(&id, sheet, data(&format!("sample/{sheet}")), &[])
                .is(201);
        }
        id
    }
}
