use actix_web::test::TestRequest;

use super::*;

const TYPE: (&str, &str) = ("content-type", "multipart/form-data; boundary=X");

async fn take(body: impl Into<Vec<u8>>) -> Result<Uploaded, Error> {
    let (request, mut payload) = TestRequest::post()
        .insert_header(TYPE)
        .set_payload(body.into())
        .to_http_parts();
    Uploaded::from_request(&request, &mut payload).await
}

fn part(head: &str, body: &str) -> String {
    format!("--X\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
}

fn whole_form() -> String {
    [
        part("name=\"evaluator\"", "Ana"),
        part(
            "name=\"file\"; filename=\"C:\\\\temp\\\\a.csv\"",
            "x,y\r\n1,2\r\n",
        ),
        part("name=\"file\"; filename=\"../b.csv\"", "z"),
        part("name=\"file\"; filename=\"\"", ""),
        "--X--\r\n".to_owned(),
    ]
    .concat()
}

#[actix_web::test]
async fn texts_and_files_come_apart_and_files_keep_their_bytes() {
    let uploaded = take(whole_form()).await.unwrap();
    assert_eq!(uploaded.text("evaluator"), Some("Ana"));
    assert_eq!(uploaded.text("file"), None);
    let files: Vec<(&str, &[u8])> = uploaded
        .files()
        .iter()
        .map(|file| (file.name.as_str(), file.bytes.as_slice()))
        .collect();
    assert_eq!(
        files,
        [("a.csv", &b"x,y\r\n1,2\r\n"[..]), ("b.csv", &b"z"[..])]
    );
}

#[actix_web::test]
async fn a_form_cut_off_anywhere_before_its_last_boundary_is_refused() {
    let whole = whole_form();
    let end = whole.len().saturating_sub("--\r\n".len());
    for cut in 0..end {
        let refused = take(&whole[..cut]).await;
        assert_eq!(refused.unwrap_err().status().as_u16(), 400, "cut at {cut}");
    }
}

#[actix_web::test]
async fn a_text_field_counts_once() {
    let twice = [
        part("name=\"a\"", "1"),
        part("name=\"a\"", "2"),
        "--X--\r\n".to_owned(),
    ];
    assert!(matches!(take(twice.concat()).await, Err(Error::Twice { field }) if field == "a"));
}

#[actix_web::test]
async fn more_than_a_hundred_parts_are_too_many() {
    let of = |count: usize| {
        let mut form: String = (0..count)
            .map(|number| part(&format!("name=\"{number}\""), ""))
            .collect();
        form.push_str("--X--\r\n");
        form
    };
    assert!(take(of(100)).await.is_ok());
    assert_eq!(take(of(101)).await.unwrap_err().status().as_u16(), 413);
}

#[actix_web::test]
async fn files_beyond_the_limit_are_refused() {
    let long = "x".repeat(super::super::FORM_BYTES.saturating_add(1));
    let form = [
        part("name=\"f\"; filename=\"f\"", &long),
        "--X--\r\n".to_owned(),
    ];
    assert_eq!(
        take(form.concat()).await.unwrap_err().status().as_u16(),
        413
    );
}

#[actix_web::test]
async fn another_type_is_refused_before_it_is_read() {
    let (request, mut payload) = TestRequest::post()
        .insert_header(("content-type", "text/csv"))
        .set_payload("a,b")
        .to_http_parts();
    let refused = Uploaded::from_request(&request, &mut payload).await;
    assert_eq!(refused.unwrap_err().status().as_u16(), 415);
}

#[actix_web::test]
async fn a_part_without_a_name_and_a_text_that_is_no_text_are_refused() {
    let nameless = [
        "--X\r\nContent-Disposition: form-data\r\n\r\nx\r\n",
        "--X--\r\n",
    ]
    .concat();
    assert_eq!(take(nameless).await.unwrap_err().status().as_u16(), 400);
    let mut bytes = part("name=\"a\"", "").into_bytes();
    let end = bytes.len().saturating_sub(2);
    bytes.insert(end, 0xff);
    bytes.extend_from_slice(b"--X--\r\n");
    assert_eq!(take(bytes).await.unwrap_err().status().as_u16(), 400);
}
