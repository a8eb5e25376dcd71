//! Evaluations in every state that pages show differently, made by the API from within the browser.

use serde_json::{Value, json};

use crate::driver::Browser;

const SAY: &str = "
    const say = async (method, path, body) => {
        const isForm = body instanceof FormData;
        const headers = body && !isForm ? {'content-type': 'application/json'} : {};
        const answer = await fetch(`/api/v1/evaluations${path}`, {method, headers, body: isForm ? body : body && JSON.stringify(body)});
        const text = await answer.text();
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
        return text ? JSON.parse(text) : null;
    };
    const upload = (id, [name, text]) => {
        const form = new FormData();
        form.append('file', new Blob([text]), name);
        form.append('new_vendors', 'allow');
        form.append('new_evaluators', 'allow');
        return say('POST', `/${id}/sheets`, form);
    };
    const prices = {'CST-TCO': {floor: '150000', ceiling: '650000', currency: 'EUR'}};
";

const FINISHED: &str = "
    const [sheets, done] = arguments;
    const finished = async () => {
        const {id} = await say('POST', '', {title: 'Everything that can be: <b>ITSM & more</b> 2027', criteria: 'itsm-mid-market', prices});
        for (const sheet of sheets) await upload(id, sheet);
        await say('POST', `/${id}/exclusions`, {vendor: 'Tamwick Flow (fictional)', reason: 'The offer was taken back.'});
        await say('POST', `/${id}/recusals`, {evaluator: 'Tobias Okafor', vendor: 'Brindlewick Desk (fictional)', reason: 'He worked there.'});
        await say('POST', `/${id}/scoring/close`, {});
        await say('PUT', `/${id}/decision`, {vendor: 'Brindlewick Desk (fictional)', reason: 'First on the record, and within the budget.'});
        return [id];
    };
    finished().then(done, (error) => done(String(error)));
";

const UNFINISHED: &str = "
    const [done] = arguments;
    const unfinished = async () => {
        const begun = {criteria: 'itsm-one-afternoon', vendors: ['Acme', 'Bolt'], evaluators: ['Ana', 'Ben'], prices};
        const tender = (await say('POST', '', {...begun, title: 'A tender', evaluation_kind: 'tender'})).id;
        await upload(tender, ['ana.csv', 'criterion,evaluator,Acme,Bolt\\nITIL-INC,Ana,4,3\\nITIL-REQ,Ana,5,\\n']);
        return [tender];
    };
    unfinished().then(done, (error) => done(String(error)));
";

const FILED: &str = "
    const [criteria, sheet, done] = arguments;
    const filed = async () => {
        const {id} = await say('POST', '', {title: 'Large', criteria});
        await upload(id, ['large.csv', sheet]);
        return [id];
    };
    filed().then(done, (error) => done(String(error)));
";

/// An evaluation by a criteria set, with one sheet; answers with its address.
pub async fn filed(browser: &Browser, criteria: &str, sheet: &str) -> String {
    let arguments = vec![json!(criteria), json!(sheet)];
    made(browser, FILED, arguments).await.remove(0)
}

/// An evaluation that was decided, with all that can happen on the way; answers with its address.
pub async fn finished(browser: &Browser) -> String {
    let names = ["ines-halloran", "mei-lindqvist", "tobias-okafor", "prices"];
    let sample = names.map(|name| (name, sheet(name)));
    let more = [
        ("consensus", CONSENSUS.to_owned()),
        ("again", AGAIN.to_owned()),
    ];
    let sheets = sample.into_iter().chain(more);
    let sheets: Vec<Value> = sheets
        .map(|(name, text)| json!([format!("{name}.csv"), text]))
        .collect();
    made(browser, FINISHED, vec![json!(sheets)]).await.remove(0)
}

/// A tender that has its first answers.
pub async fn unfinished(browser: &Browser) -> Vec<String> {
    made(browser, UNFINISHED, vec![]).await
}

async fn made(browser: &Browser, script: &str, arguments: Vec<Value>) -> Vec<String> {
    let script = format!("{SAY}{script}");
    let made = browser.page.execute_async(&script, arguments).await;
    let made = made.unwrap();
    let ids: Result<Vec<String>, _> = serde_json::from_value(made.clone());
    let ids = ids.unwrap_or_else(|_| panic!("{made}"));
    ids.iter().map(|id| format!("/evaluations/{id}")).collect()
}

/// A moderated score, with its reason.
const CONSENSUS: &str = "vendor,criterion,evaluator,score,comment\n\
    Ostervane Service (fictional),ITIL-CHG,consensus,3.5,Talked through on 3 May: the freeze calendar is an add-on.\n";

/// Answers that replace earlier ones, one of them by silence.
const AGAIN: &str = "vendor,criterion,evaluator,score,comment\n\
    Ostervane Service (fictional),ITIL-INC,Ines Halloran,no response,\n\
    Pellucor ITSM (fictional),ITIL-INC,Ines Halloran,2,=not a formula\n";

fn sheet(name: &str) -> String {
    let path = format!(
        "{}/tests/data/sample/{name}.csv",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read_to_string(path).unwrap()
}
