package io.github.istioegress.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.istioegress.generator.EgressExplainer;
import io.github.istioegress.generator.ReachExplainer;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a reader uses it: by mouse, by keyboard, on a phone, and without its script. */
final class FlowPageBrowserTest {

  private static final String ENTER = "\uE007";
  private static final String TAB = "\uE004";
  private static final String ESCAPE = "\uE00C";

  private static final String HOSTILE = "</script><img src=x onerror=window.broken=1>\"'`${1}";

  private static final String MANIFESTS =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: api, namespace: shop}
      spec:
        hosts: [api.example]
        ports: [{number: 80, name: http, protocol: HTTP}]
        resolution: DNS
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: api, namespace: shop}
      spec:
        hosts: [api.example]
        http:
          - route:
              - {destination: {host: api.example}, weight: 90}
              - {destination: {host: nobody.example}, weight: 10}
      """;

  private static final String CALLS =
      """
      calls:
        - {name: split, from: {namespace: shop, labels: {app: cart}}, to: "http://api.example/v1"}
        - {name: elsewhere, from: {namespace: web}, to: "https://undeclared.example/"}
        - {name: '%s', from: {namespace: shop}, to: "tcp://198.51.100.7:5432"}
      """
          .formatted(HOSTILE.replace("'", "''"));

  @TempDir private static Path scratch;

  private static Path page = Path.of("page.html");

  @BeforeAll
  static void aBrowserIsThere() throws IOException {
    if (!Browser.isThere()) {
      String missing =
          "no chromium and chromedriver on this machine, so no browser looked at the page: install both (Debian: chromium, chromium-driver)";
      if ("true".equals(System.getenv("CI"))) {
        fail(missing);
      }
      abort(missing);
    }
    EgressExplainer.Request request =
        new EgressExplainer.Request(
            List.of(new SourceFile("mesh.yaml", MANIFESTS)),
            Optional.of(new SourceFile("calls.yaml", CALLS)),
            "",
            "",
            Optional.empty(),
            OutboundTrafficPolicy.REGISTRY_ONLY,
            EgressExplainer.MissingGateways.STAY_MISSING,
            "html");
    page = scratch.resolve("page.html");
    Files.writeString(page, ReachExplainer.explain(request).text());
    wide = Optional.of(Browser.start(Files.createTempDirectory(scratch, "wide"), 1280));
  }

  private static Optional<Browser> wide = Optional.empty();

  @AfterAll
  static void close() {
    wide.ifPresent(Browser::close);
  }

  private static Browser shown() {
    Browser browser = wide.orElseThrow();
    browser.show(page);
    return browser;
  }

  @Test
  void itLoadsNothingAndComplainsOfNothing() {
    Browser browser = shown();
    assertThat(browser.run("return performance.getEntriesByType('resource').length").asInt())
        .isZero();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aClickOnAStopShowsTheLinesBehindIt() {
    Browser browser = shown();
    assertThat(browser.run("return document.querySelectorAll('#c1s2[open]').length").asInt())
        .isZero();
    browser.click("#c1 .across a.stop[href='#c1s2']");
    assertThat(browser.text("#c1s2"))
        .contains("VirtualService shop/api", "spec.http[0]", "mesh.yaml:15")
        .contains("outbound|80||api.example", "istioctl proxy-config routes");
  }

  @Test
  void theKeyboardIsEnough() {
    Browser browser = shown();
    browser.run("document.querySelector('#c1 > summary').focus()");
    browser.press(TAB);
    browser.press(TAB);
    String focus = browser.run("return document.activeElement.getAttribute('href')").asText();
    assertThat(focus).isEqualTo("#c1s2");
    browser.press(ENTER);
    assertThat(browser.run("return document.querySelector('#c1s2').open").asBoolean()).isTrue();
    browser.press(ESCAPE);
    assertThat(browser.run("return document.querySelector('#c1s2').open").asBoolean()).isFalse();
    assertThat(browser.run("return document.activeElement.getAttribute('href')").asText())
        .isEqualTo(focus);
  }

  @Test
  void wordsAndOutcomesNarrowTheCalls() {
    Browser browser = shown();
    String visible =
        "return [...document.querySelectorAll('#calls > .call:not([hidden])')].map(e => e.id).join()";
    assertThat(browser.run(visible).asText()).isEqualTo("c1,c2,c3");
    browser.type("#words", "web undeclared");
    assertThat(browser.run(visible).asText()).isEqualTo("c2");
    assertThat(browser.text("#count")).isEqualTo("1 of 3");
    browser.type("#words", ESCAPE);
    browser.click(".chip[data-outcome=MIXED]");
    assertThat(browser.run(visible).asText()).isEqualTo("c1");
    browser.type("#words", "nothing of the kind");
    assertThat(browser.text("#nothing")).isEqualTo("No call is like that.");
  }

  @Test
  void whatASetNamesStaysText() {
    Browser browser = shown();
    assertThat(browser.run("return typeof window.broken").asText()).isEqualTo("undefined");
    assertThat(browser.run("return document.querySelectorAll('img').length").asInt()).isZero();
    assertThat(browser.text("#c3 .title")).isEqualTo(HOSTILE);
  }

  @Test
  void whoCanReachWhatStandsFirst() {
    assertThat(shown().text("#reach")).contains("pods of shop app=cart", "MIXED");
  }

  @Test
  void aPhoneShowsItWithoutScrollingSideways() throws IOException {
    try (Browser phone = Browser.start(Files.createTempDirectory(scratch, "phone"), 360)) {
      phone.show(page);
      phone.run("document.querySelectorAll('details').forEach(one => one.open = true)");
      assertThat(phone.run("return document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(360);
      phone.click("#c1 .down a.stop[href='#c1s2']");
      assertThat(phone.text("#c1s2")).contains("mesh.yaml:15");
    }
  }

  @Test
  void withoutItsScriptEverythingIsStillThere() throws IOException {
    Path bare = scratch.resolve("bare.html");
    Files.writeString(
        bare, Files.readString(page).replaceFirst("(?s)<script>.*</script>\\s*</body>", "</body>"));
    Browser browser = wide.orElseThrow();
    browser.show(bare);
    assertThat(browser.run("return document.getElementById('filter').offsetHeight").asInt())
        .isZero();
    browser.click("#c1s2 > summary");
    assertThat(browser.text("#c1s2")).contains("mesh.yaml:15");
  }
}
