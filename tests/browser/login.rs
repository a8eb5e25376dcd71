//! The pages of accounts: from the link in the terminal to the roles in an evaluation.

use crate::crawl::Crawl;
use crate::driver::Browser;
use crate::rich;
use crate::server::Server;

const PASSWORD: &str = "four words of a horse";

#[tokio::test]
async fn the_pages_of_accounts_are_sound_too() {
    let server = Server::with_accounts();
    let browser = Browser::open().await;
    browser.page.goto(server.link()).await.unwrap();
    let mut crawl = Crawl::new(&browser).await;
    look_at_all(&browser, &mut crawl).await;
    crawl.is_sound(10);
    browser.close().await;
}

/// From the link in the terminal on, whatever only a service with accounts shows.
pub async fn look_at_all(browser: &Browser, crawl: &mut Crawl<'_>) {
    browser.says("Set up the service").await;
    crawl.look_at("set-up").await;
    browser.fill("name", "root").await;
    for id in ["password", "again"] {
        browser.fill(id, PASSWORD).await;
    }
    browser.press_button("Set up").await;
    browser.is_ready().await;
    crawl.look("/sign-in").await;
    browser.fill("name", "root").await;
    browser.fill("password", "something else").await;
    browser.press_button("Sign in").await;
    browser.is_ready().await;
    crawl.look_at("sign-in, refused").await;
    browser.fill("name", "root").await;
    browser.fill("password", PASSWORD).await;
    browser.press_button("Sign in").await;
    browser.says("Evaluations").await;
    for path in ["/", "/account", "/users"] {
        crawl.look(path).await;
    }
    browser.fill("name", "ana.lopez").await;
    browser
        .press_button("Create, and make a link for the password")
        .await;
    browser.says("The link for ana.lopez").await;
    crawl.look_at("users, with a link").await;
    let home = rich::open(browser).await;
    for below in ["", "/members", "/handout", "/timeline"] {
        crawl.look(&format!("{home}{below}")).await;
    }
}
