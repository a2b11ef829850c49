package io.github.istioegress.manifest;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequestBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRouteDestinationBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntryResolution;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.DestinationRuleBuilder;
import io.fabric8.istio.api.networking.v1.Gateway;
import io.fabric8.istio.api.networking.v1.GatewayBuilder;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.istio.api.networking.v1.ServiceEntryBuilder;
import io.fabric8.istio.api.networking.v1.Sidecar;
import io.fabric8.istio.api.networking.v1.SidecarBuilder;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.istio.api.networking.v1.VirtualServiceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One resource of each kind that is generated, for the tests of reading and writing. */
final class WrittenResources {

  static final String GATEWAY_HOST = "istio-egressgateway.istio-system.svc.cluster.local";

  private WrittenResources() {}

  static List<HasMetadata> all() {
    return List.of(
        namespace(),
        serviceEntry(),
        sidecar(),
        gateway(),
        destinationRule(),
        virtualService(),
        istioOperator());
  }

  static Namespace namespace() {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName("shop")
        .addToLabels("istio-injection", "enabled")
        .addToLabels("istio.io/rev", "1-31-0")
        .endMetadata()
        .build();
  }

  static ServiceEntry serviceEntry() {
    return new ServiceEntryBuilder()
        .withNewMetadata()
        .withName("cnn")
        .withNamespace("shop")
        .addToAnnotations("note", "says: \"on\"")
        .endMetadata()
        .withNewSpec()
        .withHosts("edition.cnn.com", "*.cnn.com")
        .withAddresses("192.0.2.10", "192.0.2.0/24")
        .addNewPort()
        .withNumber(80L)
        .withName("http")
        .withProtocol("HTTP")
        .endPort()
        .addNewPort()
        .withNumber(443L)
        .withName("tls")
        .withProtocol("TLS")
        .endPort()
        .withResolution(ServiceEntryResolution.DNS)
        .withExportTo(".", "istio-system")
        .endSpec()
        .build();
  }

  static Sidecar sidecar() {
    return new SidecarBuilder()
        .withNewMetadata()
        .withName("default")
        .withNamespace("shop")
        .endMetadata()
        .withNewSpec()
        .addNewEgress()
        .withHosts("./*", "istio-system/*")
        .endEgress()
        .endSpec()
        .build();
  }

  static Gateway gateway() {
    return new GatewayBuilder()
        .withApiVersion("networking.istio.io/v1beta1")
        .withNewMetadata()
        .withName("istio-egressgateway")
        .withNamespace("shop")
        .endMetadata()
        .withNewSpec()
        .withSelector(Map.of("istio", "egressgateway", "app", "gateway", "y", "n"))
        .addNewServer()
        .withNewPort()
        .withNumber(80L)
        .withName("http")
        .withProtocol("HTTP")
        .endPort()
        .withHosts("./edition.cnn.com")
        .endServer()
        .endSpec()
        .build();
  }

  static DestinationRule destinationRule() {
    return new DestinationRuleBuilder()
        .withNewMetadata()
        .withName("egressgateway-for-cnn")
        .withNamespace("shop")
        .endMetadata()
        .withNewSpec()
        .withHost(GATEWAY_HOST)
        .withNewTrafficPolicy()
        .withNewConnectionPool()
        .withNewTcp()
        .withConnectTimeout("10s")
        .endTcp()
        .endConnectionPool()
        .endTrafficPolicy()
        .addNewSubset()
        .withName("cnn")
        .endSubset()
        .withExportTo(".")
        .endSpec()
        .build();
  }

  static VirtualService virtualService() {
    return new VirtualServiceBuilder()
        .withApiVersion("networking.istio.io/v1alpha3")
        .withNewMetadata()
        .withName("direct-cnn-through-egress-gateway")
        .withNamespace("shop")
        .endMetadata()
        .withNewSpec()
        .withHosts("edition.cnn.com")
        .withGateways("istio-egressgateway", "mesh")
        .withExportTo(".")
        .addNewHttp()
        .withMatch(new HTTPMatchRequestBuilder().withGateways("mesh").withPort(80L).build())
        .withRoute(
            new HTTPRouteDestinationBuilder()
                .withNewDestination()
                .withHost(GATEWAY_HOST)
                .withSubset("cnn")
                .withNewPort(80L)
                .endDestination()
                .withWeight(100)
                .build())
        .withTimeout("5s")
        .withNewRetries()
        .withAttempts(3)
        .withPerTryTimeout("1.5s")
        .endRetries()
        .endHttp()
        .endSpec()
        .build();
  }

  static GenericKubernetesResource istioOperator() {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("profile", "default");
    spec.put("meshConfig", Map.of("accessLogFile", "/dev/stdout"));
    spec.put("components", Map.of("egressGateways", List.of(Map.of("enabled", true))));
    spec.put("addonComponents", Map.of());
    GenericKubernetesResource operator = new GenericKubernetesResource();
    operator.setApiVersion("install.istio.io/v1alpha1");
    operator.setKind("IstioOperator");
    operator.setMetadata(
        new ObjectMetaBuilder()
            .withName("istio-control-plane")
            .withNamespace("istio-system")
            .build());
    operator.setAdditionalProperty("spec", spec);
    return operator;
  }
}
