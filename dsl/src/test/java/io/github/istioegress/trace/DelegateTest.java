package io.github.istioegress.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes that delegate to a VirtualService without hosts. */
final class DelegateTest {

  private static final String ENTRIES =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: api, namespace: app}
      spec:
        hosts: [api.example]
        ports: [{number: 80, name: http, protocol: HTTP}]
        resolution: DNS
      ---
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: other, namespace: app}
      spec:
        hosts: [other.example]
        ports: [{number: 80, name: http, protocol: HTTP}]
        resolution: DNS
      """;

  private static final String ROOT =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: root, namespace: app}
      spec:
        hosts: [api.example]
        http:
          - %s
          - route: [{destination: {host: api.example}}]
      """;

  private static final String DELEGATE =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: part, namespace: team}
      spec:
        exportTo: [%s]
        http:
          - %s
      """;

  private static final String TO_OTHER = "route: [{destination: {host: other.example}}]";

  private static Hop hop(String root, String exportTo, String delegate, String path) {
    return TestMesh.of(ENTRIES, ROOT.formatted(root), DELEGATE.formatted(exportTo, delegate))
        .call("app", "http://api.example" + path)
        .trace()
        .branches()
        .get(0)
        .hops()
        .get(0);
  }

  @Test
  void theDelegateRoutesAndBothAreNamed() {
    Hop hop =
        hop(
            "{match: [{uri: {prefix: /v1}}], timeout: 9s, name: root, delegate: {name: part, namespace: team}}",
            "app",
            "{name: part, match: [{uri: {prefix: /v1/x}}], " + TO_OTHER + "}",
            "/v1/x/y");
    assertThat(hop.cluster()).isEqualTo("outbound|80||other.example");
    assertThat(hop.route()).isEqualTo("root-part");
    assertThat(hop.timeout()).isEqualTo("9s");
    assertThat(hop.decisions())
        .extracting(Object::toString)
        .containsSubsequence(
            "VirtualService app/root spec.http[0]", "VirtualService team/part spec.http[0]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # the delegate's wish, and what its root gives it
          {prefix: /v1/x}  | {prefix: /v1}   | other.example
          {exact: /v1/x/y} | {prefix: /v1}   | other.example
          {prefix: /v1}    | {prefix: /v1/x} | api.example
          {prefix: /v1}    | {exact: /v1/x/y}| api.example
          {exact: /v1/x/y} | {exact: /v1/x/y}| other.example
          {regex: /v1.*}   | {prefix: /v1}   | api.example
          {prefix: /v1}    | {regex: /v1.*}  | api.example
          """)
  void whatADelegateWantsHasToLieWithinItsRoot(String leaf, String root, String host) {
    Hop hop =
        hop(
            "{match: [{uri: " + root + "}], delegate: {name: part, namespace: team}}",
            "'*'",
            "{match: [{uri: " + leaf + "}], " + TO_OTHER + "}",
            "/v1/x/y");
    assertThat(hop.host()).isEqualTo(host);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {name: part, namespace: team}   | "'*'" | other.example
          {name: part, namespace: team}   | app   | other.example
          {name: part, namespace: team}   | .     | api.example
          {name: part, namespace: team}   | edge  | api.example
          {name: nobody, namespace: team} | "'*'" | api.example
          {name: part}                    | "'*'" | api.example
          """)
  void aDelegateThatIsNotThereOrNotSeenIsLeftOut(String named, String exportTo, String host) {
    String visible = exportTo.replace("\"", "");
    Hop hop = hop("{delegate: " + named + "}", visible, "{" + TO_OTHER + "}", "/");
    assertThat(hop.host()).isEqualTo(host);
  }

  @Test
  void aDelegateStandsForNothingByItself() {
    List<Branch> branches =
        TestMesh.of(ENTRIES, DELEGATE.formatted("'*'", "{" + TO_OTHER + "}"))
            .call("app", "http://api.example/")
            .trace()
            .branches();
    assertThat(branches.get(0).hops().get(0).host()).isEqualTo("api.example");
  }
}
