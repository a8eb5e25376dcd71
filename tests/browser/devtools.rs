//! What only the browser's own tools can do or know: another medium, another width, its console.

use fantoccini::wd::PrintConfiguration;
use serde_json::{Value, json};

use crate::driver::Browser;

impl Browser {
    /// Says something to Chromium itself.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        let said = json!({"cmd": command, "params": parameters});
        self.chromedriver("goog/cdp/execute", said).await
    }

    /// What the console has said since it was last asked, without what is not a mistake.
    pub async fn complaints(&self) -> Vec<String> {
        let lines = self
            .chromedriver("se/log", json!({"type": "browser"}))
            .await;
        let lines = lines.as_array().unwrap().iter();
        lines
            .filter(|line| line["level"] != "INFO" && line["level"] != "DEBUG")
            .map(|line| line["message"].as_str().unwrap().to_owned())
            .collect()
    }

    /// A window as narrow as a phone, or as wide as before.
    pub async fn narrow(&self, is_narrow: bool) {
        if is_narrow {
            self.window(320, 640).await;
        } else {
            self.devtools("Emulation.clearDeviceMetricsOverride", json!({}))
                .await;
        }
    }

    /// The colours that the reader prefers.
    pub async fn dark(&self, is_dark: bool) {
        let value = if is_dark { "dark" } else { "light" };
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": value}]});
        self.devtools("Emulation.setEmulatedMedia", media).await;
    }

    /// Keeps the page as it is shown in light, in dark, on a phone and on paper, in files whose names begin so.
    pub async fn pictures(&self, name: &str) {
        self.whole_page(1280, &format!("{name}-light.png")).await;
        self.dark(true).await;
        self.whole_page(1280, &format!("{name}-dark.png")).await;
        self.dark(false).await;
        self.whole_page(320, &format!("{name}-phone.png")).await;
        self.narrow(false).await;
        let paper = self.page.print(PrintConfiguration::default()).await;
        std::fs::write(format!("{name}-print.pdf"), paper.unwrap()).unwrap();
    }

    async fn whole_page(&self, width: u64, file: &str) {
        self.window(width, 640).await;
        let script = "return document.documentElement.scrollHeight";
        let height = self.page.execute(script, vec![]).await.unwrap();
        self.window(width, height.as_u64().unwrap().min(5000)).await;
        let picture = self.page.screenshot().await.unwrap();
        std::fs::write(file, picture).unwrap();
    }

    async fn window(&self, width: u64, height: u64) {
        let size =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", size)
            .await;
    }

    /// Whether the scripts of pages run.
    pub async fn scripts(&self, run: bool) {
        self.devtools(
            "Emulation.setScriptExecutionDisabled",
            json!({"value": !run}),
        )
        .await;
    }

    async fn chromedriver(&self, path: &str, said: Value) -> Value {
        let address = format!("{}/{path}", self.driver_address());
        let request = self.http.post(&address).json(&said);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert!(
            answer["value"].get("error").is_none(),
            "{path} {said}: {answer}"
        );
        answer["value"].clone()
    }
}
