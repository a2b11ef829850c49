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
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressExplainerTest {

  private static final String SHOP =
      Expanded.shop(
              Egress.to("edition.cnn.com").port(80).via(EgressGateway.istioDefault()),
              Egress.to("edition.cnn.com").port(443).direct())
          .yaml();

  private static final String GATEWAYS =
      """
      gateways:
      - name: istio-egressgateway
        namespace: istio-system
        labels: {app: istio-egressgateway, istio: egressgateway}
        ports: [{port: 80, targetPort: 8080}, {port: 443, targetPort: 8443}]
      """;

  private static final String POLITICS =
      GATEWAYS
          + """
          calls:
          - name: politics
            from: {namespace: shop, labels: {app: sleep}, serviceAccount: default}
            to: http://edition.cnn.com/politics
          - from: {namespace: shop}
            to: https://edition.cnn.com
          """;

  private static String explained(
      String yaml, Optional<String> calls, String call, String from, String format) {
    return EgressExplainer.explain(
            new EgressExplainer.Request(
                List.of(new SourceFile("shop.yaml", yaml)),
                calls.map(text -> new SourceFile("calls.yaml", text)),
                call,
                from,
                Optional.of(IstioVersion.V1_31),
                OutboundTrafficPolicy.REGISTRY_ONLY,
                EgressExplainer.MissingGateways.STAY_MISSING,
                format))
        .text();
  }

  private static String call(String url, String from) {
    return explained(SHOP, Optional.of(POLITICS), url, from, "text");
  }

  private static String calls(String text) {
    return explained(SHOP, Optional.of(text), "", "", "text");
  }

  private static JsonNode json() throws JsonProcessingException {
    return new ObjectMapper().readTree(explained(SHOP, Optional.of(POLITICS), "", "", "json"));
  }

  private static List<String> keys(JsonNode node) {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static void refused(Runnable what, String message) {
    assertThatIllegalArgumentException().isThrownBy(what::run).withMessage(message);
  }

  @Test
  void theReportHasTheKeysOfTheContractInItsOrder() throws JsonProcessingException {
    JsonNode report = json();
    assertThat(keys(report)).containsSubsequence("istioVersion", "calls");
    assertThat(report.path("istioVersion").asText()).isEqualTo("1.31");
    assertThat(report.path("calls")).hasSize(2);
    for (JsonNode call : report.path("calls")) {
      assertThat(keys(call))
          .containsSubsequence(
              "name", "from", "to", "outcome", "path", "detail", "remedy", "branches");
      assertThat(keys(call.path("from"))).containsSubsequence("namespace", "labels");
      for (JsonNode branch : call.path("branches")) {
        assertThat(keys(branch)).containsSubsequence("weight", "outcome", "hops");
        for (JsonNode hop : branch.path("hops")) {
          assertThat(keys(hop))
              .containsSubsequence(
                  "proxy",
                  "listener",
                  "filter",
                  "virtualHost",
                  "route",
                  "cluster",
                  "host",
                  "port",
                  "subset",
                  "discovery",
                  "upstreamTLS",
                  "timeout",
                  "retries",
                  "resources");
          assertThat(keys(hop.path("upstreamTLS"))).contains("mode");
          for (JsonNode resource : hop.path("resources")) {
            assertThat(keys(resource)).containsSubsequence("kind", "namespace", "name", "path");
          }
        }
      }
    }
  }

  @Test
  void theCallThroughTheGatewayIsToldAsTheContractTellsIt() throws JsonProcessingException {
    JsonNode call = json().path("calls").get(0);
    assertThat(call.path("name").asText()).isEqualTo("politics");
    assertThat(call.path("from").path("namespace").asText()).isEqualTo("shop");
    assertThat(call.path("from").path("labels").path("app").asText()).isEqualTo("sleep");
    assertThat(call.path("to").asText()).isEqualTo("http://edition.cnn.com:80/politics");
    assertThat(call.path("outcome").asText()).isEqualTo("EXTERNAL");
    assertThat(call.path("path").asText()).isEqualTo("via-gateway");
    assertThat(call.path("remedy").asText()).isEmpty();
    assertThat(call.path("branches")).hasSize(1);
    JsonNode branch = call.path("branches").get(0);
    assertThat(branch.path("weight").asInt()).isEqualTo(100);
    assertThat(branch.path("hops")).hasSize(2);
    JsonNode sidecar = branch.path("hops").get(0);
    assertThat(sidecar.path("proxy").asText()).isEqualTo("sidecar shop");
    assertThat(sidecar.path("listener").asText()).isEqualTo("0.0.0.0_80");
    assertThat(sidecar.path("filter").asText()).isEqualTo("http");
    assertThat(sidecar.path("virtualHost").asText()).isEqualTo("edition.cnn.com:80");
    assertThat(sidecar.path("cluster").asText())
        .isEqualTo(
            "outbound|80|edition-cnn-com|istio-egressgateway.istio-system.svc.cluster.local");
    assertThat(sidecar.path("host").asText())
        .isEqualTo("istio-egressgateway.istio-system.svc.cluster.local");
    assertThat(sidecar.path("port").asInt()).isEqualTo(80);
    assertThat(sidecar.path("subset").asText()).isEqualTo("edition-cnn-com");
    assertThat(sidecar.path("discovery").asText()).isEqualTo("EDS");
    assertThat(sidecar.path("upstreamTLS").path("mode").asText()).isEqualTo("NONE");
    JsonNode gateway = branch.path("hops").get(1);
    assertThat(gateway.path("proxy").asText())
        .isEqualTo("gateway istio-system/istio-egressgateway");
    assertThat(gateway.path("listener").asText()).isEqualTo("0.0.0.0_8080");
    assertThat(gateway.path("cluster").asText()).isEqualTo("outbound|80||edition.cnn.com");
    assertThat(gateway.path("discovery").asText()).isEqualTo("STRICT_DNS");
  }

  @Test
  void eachDecisionPointsToTheLineThatMadeIt() throws JsonProcessingException {
    JsonNode resources =
        json().path("calls").get(0).path("branches").get(0).path("hops").get(0).path("resources");
    JsonNode first = resources.get(0);
    assertThat(first.path("kind").asText()).isEqualTo("VirtualService");
    assertThat(first.path("path").asText()).isEqualTo("spec.http[0]");
    assertThat(first.path("file").asText()).isEqualTo("shop.yaml");
    String line = SHOP.lines().toList().get(first.path("line").asInt() - 1);
    assertThat(line.strip()).isEqualTo("- match:");
  }

  @Test
  void aCallWithoutANameIsCalledByItsUrl() throws JsonProcessingException {
    JsonNode call = json().path("calls").get(1);
    assertThat(call.path("name").asText()).isEqualTo("https://edition.cnn.com");
    assertThat(call.path("path").asText()).isEqualTo("direct");
  }

  @Test
  void theTextSaysTheHopsInOrder() {
    String text = call("http://edition.cnn.com/politics", "shop/app=sleep");
    assertThat(text)
        .contains("http://edition.cnn.com:80/politics")
        .contains("a pod of namespace shop", "app=sleep")
        .containsSubsequence("2 app", "3 sidecar", "4 egress gateway", "result")
        .contains("istioctl proxy-config")
        .contains("EXTERNAL", "via-gateway")
        .endsWith("\n")
        .doesNotContain("\r");
  }

  @Test
  void theOnlyNamespaceWithEgressCalls() {
    assertThat(call("https://edition.cnn.com", "")).contains("a pod of namespace shop");
  }

  @Test
  void anUndeclaredHostIsBlockedWhereTheMeshIsClosed() {
    assertThat(explained(SHOP, Optional.empty(), "http://example.org", "shop", "text"))
        .contains("BLOCKED");
  }

  @Test
  void theCallsOfTheFileComeFirst() {
    assertThat(call("http://example.org", "shop"))
        .containsSubsequence(
            "edition.cnn.com:80/politics", "edition.cnn.com:443", "example.org:80");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edition.cnn.com",
        "ftp://edition.cnn.com",
        "http:/edition.cnn.com",
        "http://",
        "http://edition.cnn.com:port",
        "http://a b",
        "HTTP//x"
      })
  void aBadUrlIsRefusedWithTheForm(String url) {
    refused(
        () -> call(url, "shop"),
        "call '"
            + url
            + "' is not of the form http://host[:port][/path], https://host[:port][/path],"
            + " tls://host:port or tcp://host:port");
  }

  @ParameterizedTest
  @CsvSource({"70000", "0", "65536", "99999999999"})
  void aPortOutOfRangeIsRefused(String port) {
    String url = "http://edition.cnn.com:" + port;
    refused(
        () -> call(url, "shop"),
        "call '" + url + "' has port " + port + ", which is out of range: use 1 to 65535");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls", "tcp"})
  void someSchemesHaveNoUsualPort(String scheme) {
    refused(
        () -> call(scheme + "://edition.cnn.com", "shop"),
        "call '%1$s://edition.cnn.com' names no port: write %1$s://host:port".formatted(scheme));
  }

  @ParameterizedTest
  @CsvSource({"shop/app,app", "shop/=x,=x", "'shop/app=a,b',b", "shop/,''"})
  void aBadCallerIsRefused(String from, String pair) {
    refused(
        () -> call("http://edition.cnn.com", from),
        "caller '"
            + from
            + "' is not of the form namespace/key=value,key=value: '"
            + pair
            + "' has no value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/app=sleep", " "})
  void aCallerHasANamespace(String from) {
    refused(
        () -> call("http://edition.cnn.com", from),
        "caller '" + from + "' names no namespace: write namespace or namespace/key=value");
  }

  @Test
  void whoCallsHasToBeSaidWhereThereAreSeveral() {
    String two = SHOP + "---\n" + SHOP.replace(": shop", ": bank");
    refused(
        () -> explained(two, Optional.empty(), "http://edition.cnn.com", "", "text"),
        "say who calls, as namespace or namespace/key=value: the manifests have [bank, shop]");
  }

  @Test
  void whoCallsHasToBeSaidWhereThereIsNone() {
    String none = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n";
    refused(
        () -> explained(none, Optional.empty(), "http://edition.cnn.com", "", "text"),
        "say who calls, as namespace or namespace/key=value: the manifests have no namespace with"
            + " egress");
  }

  @Test
  void withoutACallThereIsNothingToExplain() {
    refused(
        () -> explained(SHOP, Optional.empty(), "", "shop", "text"),
        "no call to explain: say one, such as http://edition.cnn.com/politics, or a file of calls");
  }

  @Test
  void aFormatIsOneOfFour() {
    refused(
        () -> explained(SHOP, Optional.of(POLITICS), "", "", "yaml"),
        "format 'yaml' is not known: use one of text, json, mermaid, html");
  }

  @Test
  void manifestsThatAreNoYamlAreRefusedWithFileAndLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                explained(
                    "kind: [\n  a\n  b: {\n", Optional.empty(), "http://a.example", "shop", "text"))
        .withMessageMatching("(?s)EGR9\\d\\d ERROR shop\\.yaml:\\d+:\\d+ .*");
  }

  @Test
  void manifestsThatHoldNothingAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> explained("", Optional.empty(), "http://a.example", "shop", "text"))
        .withMessageMatching("(?s)EGR9\\d\\d ERROR shop\\.yaml .*");
  }

  @Test
  void aCallsFileWithoutCallsIsRefused() {
    refused(
        () -> calls(GATEWAYS),
        "calls.yaml has no calls: write a list 'calls' of entries with 'from' and 'to'");
    refused(
        () -> calls("calls: []"),
        "calls.yaml has no calls: write a list 'calls' of entries with 'from' and 'to'");
  }

  @Test
  void aCallsFileHasLists() {
    refused(() -> calls("calls: politics"), "calls.yaml: 'calls' is not a list");
    refused(
        () -> calls("gateways: {name: edge}\ncalls: []"), "calls.yaml: 'gateways' is not a list");
  }

  @Test
  void aCallSaysWhereTo() {
    refused(
        () -> calls("calls:\n- from: {namespace: shop}\n"),
        "calls.yaml: an entry has no 'to': {from={namespace=shop}}");
  }

  @Test
  void aCallSaysWhoCalls() {
    refused(
        () -> calls("calls:\n- to: http://edition.cnn.com\n"),
        "calls.yaml: an entry has no 'namespace': {}");
  }

  @Test
  void aGatewayOfTheFileSaysNameAndNamespace() {
    refused(
        () -> calls("gateways:\n- namespace: istio-system\n"),
        "calls.yaml: an entry has no 'name': {namespace=istio-system}");
    refused(
        () -> calls("gateways:\n- name: edge\n"),
        "calls.yaml: an entry has no 'namespace': {name=edge}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "70000", "http", "8.5", "-1"})
  void aGatewaysPortIsANumber(String port) {
    refused(
        () -> calls("gateways:\n- {name: a, namespace: b, ports: [{port: %s}]}".formatted(port)),
        "calls.yaml: '" + port + "' is no port: use 1 to 65535");
  }

  @ParameterizedTest
  @ValueSource(strings = {"- a\n- b\n", "politics", "calls: [", "a: b: c"})
  void aCallsFileIsAYamlTable(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> calls(text))
        .withMessageMatching("(?s)calls\\.yaml:\\d+ is not a YAML table: .*");
  }

  @Test
  void aGatewayOfTheFileHasUsualLabelsAndPorts() {
    assertThat(
            calls(
                """
                gateways:
                - {name: istio-egressgateway, namespace: istio-system}
                calls:
                - {from: {namespace: shop}, to: 'http://edition.cnn.com'}
                """))
        .contains("EXTERNAL", "via-gateway");
  }

  @Test
  void aGatewayNobodyShowsIsMissing() {
    assertThat(explained(SHOP, Optional.empty(), "http://edition.cnn.com", "shop", "text"))
        .doesNotContain("EXTERNAL");
  }

  @Test
  void headersAndSniOfTheFileCount() throws JsonProcessingException {
    JsonNode report =
        new ObjectMapper()
            .readTree(
                explained(
                    SHOP,
                    Optional.of(
                        """
                        calls:
                        - name: other sni
                          from: {namespace: shop}
                          to: https://edition.cnn.com
                          sni: other.example
                        - name: other host
                          from: {namespace: shop}
                          to: http://edition.cnn.com
                          headers: {Host: other.example}
                        """),
                    "",
                    "",
                    "json"));
    for (JsonNode call : report.path("calls")) {
      assertThat(call.path("outcome").asText()).as(call.path("name").asText()).isEqualTo("BLOCKED");
      assertThat(call.path("detail").asText()).isNotEmpty();
    }
  }

  @Test
  void annotationsOfTheCallerCount() throws JsonProcessingException {
    JsonNode calls =
        new ObjectMapper()
            .readTree(
                explained(
                    SHOP,
                    Optional.of(
                        """
                        calls:
                        - from:
                            namespace: shop
                            annotations: {traffic.sidecar.istio.io/excludeOutboundPorts: "80"}
                          to: http://edition.cnn.com
                        - from: {namespace: shop}
                          to: http://edition.cnn.com
                        """),
                    "",
                    "",
                    "json"))
            .path("calls");
    assertThat(calls.path(0).path("outcome").asText()).isEqualTo("PASSTHROUGH");
    assertThat(calls.path(0).path("from").path("annotations")).hasSize(1);
    assertThat(calls.path(0).path("branches").path(0).path("hops")).isEmpty();
    assertThat(calls.path(1).path("outcome").asText()).isNotEqualTo("PASSTHROUGH");
    assertThat(keys(calls.path(1).path("from"))).containsExactly("namespace", "labels");
  }
}
