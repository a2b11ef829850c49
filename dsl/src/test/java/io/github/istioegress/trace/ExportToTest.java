package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.changed;
import static io.github.istioegress.trace.Manifests.entry;
import static io.github.istioegress.trace.Manifests.httpThroughGateway;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who sees what ({@code spec.exportTo}). */
final class ExportToTest {

  private static final String HTTP =
      "0.0.0.0_80 > api.example.org:80 > outbound|80||api.example.org (STRICT_DNS)";
  private static final String TO_GATEWAY =
      "0.0.0.0_80 > api.example.org:80"
          + " > outbound|80|api-example-org|istio-egressgateway.istio-system (EDS)";

  private static TestMesh exported(String exportTo) {
    // Without a gateway Service no sidecar listens on 80 for another reason.
    return TestMesh.of(
            changed(
                entry("app", "api.example.org", 80, "HTTP"),
                "resolution: DNS",
                "resolution: DNS\n  exportTo: " + exportTo))
        .withGateways()
        .registryOnly();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "['*']; true; true",
        "['.']; true; false",
        "['~']; false; false",
        "[shop]; false; true",
        "['.', shop]; true; true"
      })
  void anEntryIsSeenWhereItIsExportedTo(String exportTo, boolean atHome, boolean elsewhere) {
    expect(exported(exportTo).call("app", "http://api.example.org/"), atHome);
    expect(exported(exportTo).call("shop", "http://api.example.org/"), elsewhere);
  }

  private static void expect(TracedCall call, boolean seen) {
    if (seen) {
      call.leavesDirectly(HTTP);
    } else {
      call.fails(Outcome.BLOCKED, "virtualOutbound > tcp > BlackHoleCluster (STATIC)");
    }
  }

  @Test
  void anEntryHiddenFromTheGatewayIs503ThereInBothModes() {
    String hidden =
        changed(
            httpThroughGateway("app", "api.example.org"),
            "resolution: DNS",
            "resolution: DNS\n  exportTo: ['.']");
    TestMesh.of(hidden)
        .call("app", "http://api.example.org/")
        .fails(
            Outcome.BLOCKED,
            TO_GATEWAY,
            "0.0.0.0_8080 > api.example.org:80 > outbound|80||api.example.org")
        .because("503 NC");
  }

  @Test
  void aRouteHiddenFromTheGatewayIs404There() {
    String hidden =
        changed(
            httpThroughGateway("app", "api.example.org"),
            "gateways: [mesh, api-example-org]",
            "gateways: [mesh, api-example-org]\n  exportTo: ['.']");
    TestMesh.of(hidden)
        .call("app", "http://api.example.org/")
        .fails(Outcome.BLOCKED, TO_GATEWAY, "0.0.0.0_8080 > blackhole:80")
        .because("404");
  }

  @Test
  void exportedToTheGatewayByNameBothWork() {
    String listed =
        changed(
            changed(
                httpThroughGateway("app", "api.example.org"),
                "resolution: DNS",
                "resolution: DNS\n  exportTo: ['.', istio-system]"),
            "gateways: [mesh, api-example-org]",
            "gateways: [mesh, api-example-org]\n  exportTo: ['.', istio-system]");
    TestMesh.of(listed)
        .call("app", "http://api.example.org/")
        .leavesByGateway(
            TO_GATEWAY,
            "0.0.0.0_8080 > api.example.org:80 > outbound|80||api.example.org (STRICT_DNS)");
  }

  @Test
  void aRouteWiderThanItsEntryBreaksOthersEvenInAnOpenMesh() {
    String wide =
        Manifests.join(
            changed(
                entry("app", "api.example.org", 80, "HTTP"),
                "resolution: DNS",
                "resolution: DNS\n  exportTo: ['.']"),
            Manifests.virtualService(
                "app/api",
                """
                hosts: [api.example.org]
                http:
                - route: [{destination: {host: api.example.org, port: {number: 80}}}]
                """));
    TestMesh.of(wide)
        .call("shop", "http://api.example.org/")
        .fails(Outcome.BLOCKED, "0.0.0.0_80 > api.example.org:80 > outbound|80||api.example.org")
        .because("503 NC");
  }
}
