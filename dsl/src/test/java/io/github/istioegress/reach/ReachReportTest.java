package io.github.istioegress.reach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.istioegress.manifest.JsonText;
import org.junit.jupiter.api.Test;

/** The names of the report, on which others rely. */
final class ReachReportTest {

  @Test
  void theReportHasCallersDestinationsAndCells() throws JsonProcessingException {
    ReachSet set = ReachSet.of(ReachSet.SHOP, ReachSet.NEWS, ReachSet.LOCK);
    JsonNode report = new ObjectMapper().readTree(JsonText.of(ReachReport.of(set.matrix())));

    assertThat(report.at("/callers/0"))
        .isEqualTo(
            json(
                """
                {"name": "Deployment shop/web", "namespace": "shop", "labels": {"app": "web"},
                 "serviceAccount": "web",
                 "resource": {"kind": "Deployment", "namespace": "shop", "name": "web"},
                 "proxy": "sidecar", "detail": ""}
                """));
    assertThat(report.at("/destinations/0"))
        .isEqualTo(
            json(
                """
                {"name": "http://edition.cnn.com:80", "to": "http://edition.cnn.com:80",
                 "host": "edition.cnn.com", "origin": "declared",
                 "resources": [{"kind": "ServiceEntry", "namespace": "shop", "name": "news"}]}
                """));
    assertThat(report.at("/cells/0/enforcement"))
        .isEqualTo(
            json(
                """
                {"layer": "NetworkPolicy",
                 "resources": [{"kind": "NetworkPolicy", "namespace": "shop", "name": "lock"}],
                 "holdsAroundProxy": "yes",
                 "aroundProxy": {"path": "none", "gateway": "",
                  "resources": [{"kind": "NetworkPolicy", "namespace": "shop", "name": "lock"}],
                  "detail": "NetworkPolicy shop/lock lets no connection of the caller's pod to edition.cnn.com on port 80 through: the application's connect times out"}}
                """));
    assertThat(report.at("/cells/0").fieldNames())
        .toIterable()
        .containsExactly(
            "from",
            "to",
            "outcome",
            "path",
            "bypass",
            "proxies",
            "forwardProxy",
            "tls",
            "detail",
            "remedy",
            "enforcement");
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }
}
