package io.github.istioegress.examples;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The facts of the hand-written set that the seed example adopts: kinds, names, fields, values. */
class SeedFactsTest {

  private static final String GATEWAY_SERVICE =
      "istio-egressgateway.istio-system.svc.cluster.local";

  private static List<Object> documents(String file) throws IOException {
    // A second parser than the one that wrote the files.
    List<Object> documents = new ArrayList<>();
    new Load(LoadSettings.builder().build())
        .loadAllFromString(Files.readString(Path.of("manifests/seed", file)))
        .forEach(documents::add);
    return documents;
  }

  private static Map<String, Object> istio(String kind, String name, Map<String, Object> spec) {
    return Map.of(
        "apiVersion",
        "networking.istio.io/v1alpha3",
        "kind",
        kind,
        "metadata",
        Map.of("name", name, "namespace", "akv2k8s-test"),
        "spec",
        spec);
  }

  @Test
  void theInstallationIsTheHandWrittenOne() throws IOException {
    Map<String, Object> on = Map.of("enabled", true);
    assertThat(documents("install/istio-operator.yaml"))
        .containsExactly(
            Map.of(
                "apiVersion",
                "install.istio.io/v1alpha1",
                "kind",
                "IstioOperator",
                "metadata",
                Map.of("namespace", "istio-system", "name", "istio-control-plane"),
                "spec",
                Map.of(
                    "profile",
                    "default",
                    "addonComponents",
                    Map.of("grafana", on, "prometheus", on, "tracing", on, "kiali", on),
                    "values",
                    Map.of(
                        "global",
                        Map.of("defaultNodeSelector", Map.of("beta.kubernetes.io/os", "linux")),
                        "kiali",
                        Map.of("dashboard", Map.of("auth", Map.of("strategy", "anonymous")))),
                    "components",
                    Map.of(
                        "egressGateways",
                        List.of(Map.of("name", "istio-egressgateway", "enabled", true))),
                    "meshConfig",
                    Map.of(
                        "accessLogFile",
                        "/dev/stdout",
                        "outboundTrafficPolicy",
                        Map.of("mode", "REGISTRY_ONLY")))));
  }

  @Test
  void theEgressSetIsTheHandWrittenOne() throws IOException {
    Map<String, Object> namespace =
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "Namespace",
            "metadata",
            Map.of(
                "name",
                "akv2k8s-test",
                "labels",
                Map.of("istio-injection", "enabled", "azure-key-vault-env-injection", "enabled")));
    Map<String, Object> serviceEntry =
        istio(
            "ServiceEntry",
            "cnn",
            Map.of(
                "hosts",
                List.of("edition.cnn.com"),
                "ports",
                List.of(
                    Map.of("number", 80, "name", "http-port", "protocol", "HTTP"),
                    Map.of("number", 443, "name", "https", "protocol", "HTTPS")),
                "resolution",
                "DNS"));
    Map<String, Object> gateway =
        istio(
            "Gateway",
            "istio-egressgateway",
            Map.of(
                "selector",
                Map.of("istio", "egressgateway"),
                "servers",
                List.of(
                    Map.of(
                        "port",
                        Map.of("number", 80, "name", "http", "protocol", "HTTP"),
                        "hosts",
                        List.of("edition.cnn.com")))));
    Map<String, Object> rule =
        istio(
            "DestinationRule",
            "egressgateway-for-cnn",
            Map.of("host", GATEWAY_SERVICE, "subsets", List.of(Map.of("name", "cnn"))));
    Map<String, Object> route =
        istio(
            "VirtualService",
            "direct-cnn-through-egress-gateway",
            Map.ofEntries(
                entry("hosts", List.of("edition.cnn.com")),
                entry("gateways", List.of("istio-egressgateway", "mesh")),
                entry(
                    "http",
                    List.of(
                        leg(
                            "mesh",
                            Map.of(
                                "host",
                                GATEWAY_SERVICE,
                                "subset",
                                "cnn",
                                "port",
                                Map.of("number", 80))),
                        leg(
                            "istio-egressgateway",
                            Map.of("host", "edition.cnn.com", "port", Map.of("number", 80)))))));
    assertThat(documents("akv2k8s-test.yaml"))
        .containsExactly(namespace, serviceEntry, gateway, rule, route);
  }

  private static Map<String, Object> leg(String gateway, Map<String, Object> destination) {
    return Map.of(
        "match",
        List.of(Map.of("gateways", List.of(gateway), "port", 80)),
        "route",
        List.of(Map.of("destination", destination, "weight", 100)));
  }
}
