package io.github.istioegress.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.istioegress.dsl.Egress;
import io.github.istioegress.expansion.Expanded;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReachExplainerTest {

  private static final String SHOP =
      Expanded.shop(Egress.to("edition.cnn.com").port(80).via(EgressGateway.istioDefault())).yaml();

  private static final String CALLS =
      """
      calls:
      - name: politics
        from: {namespace: shop, labels: {app: sleep}}
        to: http://edition.cnn.com/politics
      """;

  private static String reach(Optional<String> calls, String from, String format) {
    return ReachExplainer.explain(
            new EgressExplainer.Request(
                List.of(new SourceFile("shop.yaml", SHOP)),
                calls.map(text -> new SourceFile("calls.yaml", text)),
                "",
                from,
                Optional.empty(),
                OutboundTrafficPolicy.REGISTRY_ONLY,
                EgressExplainer.MissingGateways.ARE_ASSUMED,
                format))
        .text();
  }

  @Test
  void needsNoCallAndSaysWhichGatewaysItAssumes() {
    assertThat(reach(Optional.empty(), "", "text"))
        .startsWith("assumed           gateway istio-system/istio-egressgateway")
        .contains("from      any pod of shop\n")
        .contains("leaves through gateway istio-system/istio-egressgateway");
  }

  @Test
  void theJsonIsThatOfExplainWithTheMatrixBeside() throws JsonProcessingException {
    JsonNode report = new ObjectMapper().readTree(reach(Optional.of(CALLS), "", "json"));

    assertThat(report.fieldNames())
        .toIterable()
        .containsExactly("istioVersion", "calls", "reach", "assumedGateways");
    assertThat(report.at("/calls/0/name").asText()).isEqualTo("politics");
    assertThat(report.at("/reach").fieldNames())
        .toIterable()
        .containsExactly("callers", "destinations", "cells");
    assertThat(report.at("/reach/callers").findValuesAsText("name"))
        .containsExactly("pods of shop app=sleep");
    assertThat(report.at("/reach/destinations").findValuesAsText("origin"))
        .containsExactly("declared", "asked", "undeclared", "undeclared");
    assertThat(report.at("/reach/cells")).hasSize(4);
    assertThat(report.at("/reach/cells/1/path").asText()).isEqualTo("via-gateway");
  }

  @Test
  void fromNarrowsTheCallers() {
    assertThat(reach(Optional.of(CALLS), "shop/app=other", "text"))
        .contains("from      pods of shop app=other\n")
        .contains("1 caller by 4 destinations");
  }

  @Test
  void anotherFormatIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reach(Optional.empty(), "", "mermaid"))
        .withMessage("format 'mermaid' draws calls, and reach is a matrix: use text, json or html");
  }
}
