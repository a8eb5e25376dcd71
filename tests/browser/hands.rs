//! The two ways to work a page: with a mouse, and with keys alone.

use std::time::Duration;

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::driver::Browser;

/// How a page is worked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Hands {
    Mouse,
    Keys,
}

/// What has the focus: its id and words, and whether that can be seen.
const FOCUS: &str = "
    const it = document.activeElement;
    const look = getComputedStyle(it);
    const box = it.getBoundingClientRect();
    const seen = document.elementFromPoint(
        Math.min(innerWidth - 1, box.left + box.width / 2), Math.min(innerHeight - 1, box.top + Math.min(box.height, 40) / 2));
    return {
        id: it.id,
        tag: it.tagName,
        words: it.innerText?.trim().replace(/\\s+/g, ' ') ?? '',
        value: it.value ?? '',
        isPage: it === document.body,
        isMarked: it.matches(':focus-visible') && look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0,
        isCovered: !seen || !(it.contains(seen) || seen.contains(it)),
    };
";

/// More than any page has to be tabbed through.
const MOST_TABS: usize = 400;

impl Hands {
    /// Follows a link or presses a button by its text.
    pub async fn go(self, browser: &Browser, text: &str) {
        match self {
            Self::Mouse => browser.click(text).await,
            Self::Keys => {
                tab_to(browser, |focus| {
                    focus["words"].as_str().unwrap().contains(text)
                })
                .await;
                key(browser, "Enter").await;
            }
        }
    }

    /// Presses a button that says exactly this.
    pub async fn press(self, browser: &Browser, text: &str) {
        match self {
            Self::Mouse => browser.press_button(text).await,
            Self::Keys => {
                tab_to(browser, |focus| {
                    focus["tag"] == "BUTTON" && focus["words"] == text
                })
                .await;
                key(browser, " ").await;
            }
        }
    }

    /// Types into the field with an id.
    pub async fn fill(self, browser: &Browser, id: &str, text: &str) {
        match self {
            Self::Mouse => browser.fill(id, text).await,
            Self::Keys => {
                tab_to(browser, |focus| focus["id"] == id).await;
                let typed = json!({"text": text});
                browser.devtools("Input.insertText", typed).await;
            }
        }
    }

    /// Chooses from the list with an id.
    pub async fn pick(self, browser: &Browser, id: &str, value: &str) {
        match self {
            Self::Mouse => {
                let option = format!("//*[@id='{id}']/option[@value='{value}' or .='{value}']");
                let option = browser.page.find(Locator::XPath(&option)).await.unwrap();
                option.click().await.unwrap();
            }
            Self::Keys => {
                tab_to(browser, |focus| focus["id"] == id).await;
                for _ in 0..20 {
                    if focus(browser).await["value"] == value {
                        return;
                    }
                    key(browser, "ArrowDown").await;
                }
                panic!("arrows do not lead to {value} in {id}");
            }
        }
    }
}

/// Goes on from one thing to the next until the right one has the focus; what has it must show that, all the way.
async fn tab_to(browser: &Browser, is_it: impl Fn(&Value) -> bool) {
    let mut passed = Vec::new();
    for _ in 0..MOST_TABS {
        let now = focus(browser).await;
        if now["isPage"] == false && is_it(&now) {
            return;
        }
        key(browser, "Tab").await;
        let mut next = focus(browser).await;
        // The page may still be scrolling there.
        for _ in 0..20 {
            if next["isCovered"] == false {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
            next = focus(browser).await;
        }
        if next["isPage"] == false {
            assert_eq!(next["isMarked"], true, "the focus is not seen on {next}");
            assert_eq!(next["isCovered"], false, "something lies over {next}");
        }
        passed.push(next["words"].to_string());
    }
    panic!("no key leads there, only to {passed:?}");
}

async fn focus(browser: &Browser) -> Value {
    browser.page.execute(FOCUS, vec![]).await.unwrap()
}

/// Presses one key.
pub async fn key(browser: &Browser, name: &str) {
    let (code, text) = match name {
        "Tab" => (9, None),
        "Enter" => (13, Some("\r")),
        " " => (32, Some(" ")),
        "Escape" => (27, None),
        "ArrowDown" => (40, None),
        other => (0, Some(other)),
    };
    let kind = if text.is_some() {
        "keyDown"
    } else {
        "rawKeyDown"
    };
    let mut down = json!({"type": kind, "key": name, "windowsVirtualKeyCode": code});
    if let Some(text) = text {
        down["text"] = json!(text);
    }
    browser.devtools("Input.dispatchKeyEvent", down).await;
    let up = json!({"type": "keyUp", "key": name, "windowsVirtualKeyCode": code});
    browser.devtools("Input.dispatchKeyEvent", up).await;
}
